import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from './project.js'
import { type SizeRow, wrongSizes } from './sizes.js'

const size = join(root, 'test/size/size.mjs')

let measured: { rows: SizeRow[]; faults: string[] }
beforeAll(async () => {
  // Where a budget is exceeded it ends with an exit code, and has measured all the same.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [size, '--json']).catch(
    (error) => error,
  )
  measured = {
    rows: JSON.parse(stdout).rows,
    faults: stderr.split('\n').filter((line: string) => line.startsWith('size: ')),
  }
}, 180_000)

describe('what an import costs', () => {
  it('is within its budget', () => {
    expect([measured.rows.length > 0, measured.faults]).toEqual([true, []])
  })

  it('is what the README says it is', () => {
    expect(wrongSizes(readFileSync(join(root, 'README.md'), 'utf8'), measured.rows)).toEqual([])
  })
})
