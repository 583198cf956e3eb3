import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'

register('./typescript-6.mjs', import.meta.url)
const { Application } = await import('typedoc')

const root = fileURLToPath(new URL('../../', import.meta.url))
const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** Each file that users import, by its name in the source, and what they import it by. */
const modules = Object.entries(exports).flatMap(([path, { default: built }]) => {
  const [, source] = /^\.\/dist\/esm\/(.+)\.js$/.exec(built ?? '') ?? []
  return source ? [[source, `latchkey${path.slice(1)}`]] : []
})

const [form, json] = process.argv.slice(2)

const app = await Application.bootstrap({
  name: 'Latchkey',
  entryPoints: modules.map(([source]) => `${root}src/${source}.ts`),
  tsconfig: `${root}tsconfig.json`,
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  // Its names are those of InspectorWords.
  intentionallyNotExported: ['english'],
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
if (project) {
  // TypeDoc calls a folder's index by the folder.
  const names = new Map(modules.map(([source, name]) => [source.replace(/\/index$/, ''), name]))
  for (const one of project.children) one.name = names.get(one.name) ?? one.name
  app.validate(project)
}
if (project && form === '--json') await app.generateJson(project, json)
else if (project) await app.generateDocs(project, `${root}docs/api`)
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1
