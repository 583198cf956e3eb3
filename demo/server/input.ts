import * as v from 'valibot'
import { Refusal } from './refusal.js'

/** Who wants to sign in. There are no passwords here: any name will do. */
export const login = v.object(
  {
    name: v.pipe(
      v.string('"name" must be a text'),
      v.trim(),
      v.minLength(1, '"name" must not be empty'),
      v.maxLength(64, '"name" must have at most 64 characters'),
      v.regex(/^\P{Cc}+$/u, '"name" must not hold control characters'),
    ),
  },
  'The body must be JSON, such as {"name":"Ada"}',
)

/** A note to keep. */
export const note = v.object(
  {
    text: v.pipe(
      v.string('"text" must be a text'),
      v.trim(),
      v.minLength(1, '"text" must not be empty'),
      v.maxLength(200, '"text" must have at most 200 characters'),
    ),
  },
  'The body must be JSON, such as {"text":"Milk"}',
)

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

export function checked<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  code = 'invalid_input',
): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, input)
  if (success) return output
  throw new Refusal(400, code, issues[0].message)
}
