import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RequestHandler, Router, urlencoded } from 'express'
import { bait, checked, loot } from './input.js'
import { worded, wordsOf } from './lab.js'
import { root, send } from './pages.js'
import { notAllowed, Refusal } from './refusal.js'

const BAIT = readFileSync(join(root, 'demo', 'page', 'attacks', 'bait.html'), 'utf8')

/** What the foreign server has for those who mean harm: a page that forges requests, and a place to try what was stolen. */
export function createThief(): Router {
  const thief = Router()
  thief.route('/bait').get(showBait).all(notAllowed('GET'))
  thief.route('/bait.js').get(send('demo/page/attacks/bait-page.js')).all(notAllowed('GET'))
  thief
    .route('/use')
    .post(urlencoded({ extended: false }), use)
    .all(notAllowed('POST'))
  return thief
}

const showBait: RequestHandler = (request, response) => {
  const { language } = checked(bait, request.query)
  response.type('html').send(worded(BAIT, wordsOf(language)))
}

/** From this process, where there is no browser: all it has is the token. */
const use: RequestHandler = async (request, response) => {
  const { kind, carrier, token } = checked(loot, request.body)
  const { search, headers } = uses[carrier](token)
  const answer = await fetch(`${robbed(request.get('Origin'))}/api/${kind}/echo${search ?? ''}`, { headers })
  const { name } = Object(await answer.json())
  response.json({ status: answer.status, name })
}

interface Use {
  readonly search?: string
  readonly headers: Record<string, string>
}

const uses: Readonly<
  Record<'authorization' | 'dpop' | 'x-auth-token' | 'access_token' | 'victim_token', (token: string) => Use>
> = {
  authorization: (token) => ({ headers: { Authorization: `Bearer ${token}` } }),
  dpop: (token) => ({ headers: { Authorization: `DPoP ${token}` } }),
  'x-auth-token': (token) => ({ headers: { 'X-Auth-Token': token } }),
  access_token: (token) => ({ search: `?access_token=${token}`, headers: {} }),
  victim_token: (token) => ({ headers: { Cookie: `victim_token=${token}` } }),
}

/** Every name that this device has for itself. */
const LOCAL = /^http:\/\/(?:(?:[\w-]+\.)*localhost|127(?:\.\d+){3})(:\d+)$/

/** The origin that the loot is from, which no page can lie about; only this device's, for nobody else is robbed here. */
function robbed(origin = ''): string {
  const [, port] = LOCAL.exec(origin) ?? []
  // By the address that the demo listens at: not every resolver knows the names below localhost.
  if (port) return `http://127.0.0.1${port}`
  throw new Refusal(400, 'invalid_input', 'Only pages of this device are robbed here')
}
