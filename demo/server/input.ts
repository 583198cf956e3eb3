import * as v from 'valibot'
import { Refusal } from './refusal.js'

const text = (name: string, most: number) =>
  v.pipe(
    v.string(`"${name}" must be a text`),
    v.trim(),
    v.minLength(1, `"${name}" must not be empty`),
    v.maxLength(most, `"${name}" must have at most ${most} characters`),
  )

/** Who wants to sign in. There are no passwords here: any name will do. */
export const login = v.object(
  {
    name: v.pipe(text('name', 64), v.regex(/^\P{Cc}+$/u, '"name" must not hold control characters')),
  },
  'The body must be JSON, such as {"name":"Ada"}',
)

/** A note to keep. */
export const note = v.object({ text: text('text', 200) }, 'The body must be JSON, such as {"text":"Milk"}')

/** RFC 6749 s. 6. */
export const refreshGrant = v.object(
  {
    grant_type: v.literal('refresh_token', '"grant_type" must be refresh_token'),
    refresh_token: v.pipe(v.string('"refresh_token" must be a text'), v.nonEmpty()),
    client_id: v.literal('latchkey-demo', '"client_id" must be latchkey-demo'),
  },
  'The body must be a form, as RFC 6749 s. 6 has it',
)

/** The page's own mark in the foreign server's log. */
export const visit = v.object(
  { visit: v.pipe(v.string('"visit" must be a UUID'), v.uuid('"visit" must be a UUID')) },
  '"visit" must be a UUID',
)

/** What was stolen, and how its owner used it. */
export const loot = v.object(
  {
    kind: v.pipe(v.string('"kind" must be a text'), v.regex(/^[a-z-]{1,40}$/, '"kind" must be a name')),
    carrier: v.picklist(
      ['authorization', 'dpop', 'x-auth-token', 'access_token', 'victim_token'],
      '"carrier" must be one that the demo has',
    ),
    token: v.pipe(
      v.string('"token" must be a text'),
      v.regex(/^[\w.~+-]{1,2000}$/, '"token" must be a token'),
    ),
  },
  'The body must say what was stolen',
)

/** Which page the foreign server shows. */
export const bait = v.object(
  { language: v.picklist(['en', 'zh-Hans'], '"language" must be en or zh-Hans') },
  '"language" must be en or zh-Hans',
)

/** From which entry of the log on. */
export const logQuery = v.object({
  after: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,9}$/, '"after" must be a number'), v.transform(Number)),
    '0',
  ),
})

export function checked<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  code = 'invalid_input',
): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, input)
  if (success) return output
  throw new Refusal(400, code, issues[0].message)
}
