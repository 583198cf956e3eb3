import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, loaded } from './bundle.mjs'
import { bytesOf } from './bytes.mjs'

const SCRIPT_FILE = 'dist/latchkey.min.js'

const named = (names) => [`{ ${names} }`, `export { ${names} } from 'latchkey'`]

/** What an app writes, by the name of its row. */
const imports = [
  named('createLatchkey, jwtStrategy'),
  named('createLatchkey, tokenStrategy'),
  named('createLatchkey, sessionStrategy'),
  named('createLatchkey, cookieStrategy'),
  named('configure'),
  ['everything with ky', "export * from 'latchkey'"],
  // The binding alone: who uses it has the rest already.
  ...['react', 'vue', 'svelte', 'inspector'].map((name) => [
    `latchkey/${name}`,
    `export * from 'latchkey/${name}'`,
  ]),
]

/** What whoever uses a binding has, too. */
const external = ['react', 'vue']

/** The bytes of each import from the package in the folder, and of the script tag's file. */
export async function measure(folder, budgets) {
  const row = (name, code) => ({ name, ...bytesOf(code), budget: budgets[name] })
  const rows = []
  for (const [name, code] of imports) rows.push(row(name, loaded(await bundle(folder, code, { external }))))
  const script = readFileSync(join(folder, 'node_modules', 'latchkey', SCRIPT_FILE))
  return [...rows, row(SCRIPT_FILE, script)]
}
