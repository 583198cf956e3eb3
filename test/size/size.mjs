import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './measure.mjs'
import { withPacked } from './packed.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { budgets = {}, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Whatever is wrong with the rows, as sentences. A budget that matches no row would never be exceeded. */
function faults(rows) {
  const unknown = Object.keys(budgets).filter((name) => !rows.some((row) => row.name === name))
  const missing = rows.filter(({ budget }) => budget === undefined)
  const over = rows.filter(({ gzip, budget }) => gzip > budget)
  return [
    ...unknown.map((name) => `the budget "${name}" in package.json is for nothing that is measured`),
    ...missing.map(({ name }) => `package.json has no budget for "${name}"`),
    ...over.map(({ name, gzip, budget }) => `"${name}" is over budget: ${gzip} of ${budget} bytes gzipped`),
  ]
}

function kilobytes(bytes) {
  return bytes === undefined ? '-' : `${(bytes / 1024).toFixed(1)} KB`
}

function table(rows) {
  const head = ['import', 'minified', 'gzip', 'brotli', 'budget']
  const body = rows.map(({ name, ...bytes }) => [
    name,
    ...['min', 'gzip', 'brotli', 'budget'].map((key) => kilobytes(bytes[key])),
  ])
  const line = ([name, ...cells]) => name.padEnd(36) + cells.map((cell) => cell.padStart(10)).join('')
  return [head, ...body].map(line).join('\n')
}

try {
  const rows = await withPacked(root, Object.keys(dependencies), (folder) => measure(folder, budgets))
  console.log(process.argv.includes('--json') ? JSON.stringify({ rows }, undefined, 2) : table(rows))
  for (const fault of faults(rows)) {
    console.error(`size: ${fault}`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(`size: ${error.message}`)
  process.exitCode = 1
}
