import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'

register('./typescript-6.mjs', import.meta.url)
const { Application } = await import('typedoc')

const root = fileURLToPath(new URL('../../', import.meta.url))
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** The source of each file that users import, by what the package exports. */
const entryPoints = Object.values(exports)
  .map(({ default: built }) => built)
  .filter((built) => built?.startsWith('./dist/esm/'))
  .map((built) => built.replace('./dist/esm/', `${root}src/`).replace(/\.js$/, '.ts'))

const [form, json] = process.argv.slice(2)

const app = await Application.bootstrap({
  name: 'Latchkey',
  entryPoints,
  tsconfig: `${root}tsconfig.json`,
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  logLevel: 'Warn',
  validation: { notExported: true, invalidLink: true, rewrittenLink: true, notDocumented: true },
  requiredToBeDocumented: [
    'Variable',
    'Function',
    'Class',
    'Interface',
    'TypeAlias',
    'Method',
    'Accessor',
    'CallSignature',
  ],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
})

const project = await app.convert()
if (project) app.validate(project)
if (project && form === '--json') await app.generateJson(project, json)
else if (project) await app.generateDocs(project, `${root}docs/api`)
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1
