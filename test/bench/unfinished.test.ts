import { afterEach, describe, expect, it, vi } from 'vitest'
import { command } from './command.js'
import { growth } from './growth.js'
import { memory } from './memory.js'
import { naming } from './naming.js'

vi.mock(import('./growth.js'))
vi.mock(import('./memory.js'))

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a bench that breaks off', () => {
  it('says whose page it was, and prints what was finished before', async () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const told = vi.spyOn(console, 'error').mockReturnValue()
    const row = { name: 'latchkey tabs', engine: 'chromium', count: 1 } as const
    vi.mocked(growth).mockResolvedValue([row])
    vi.mocked(memory).mockImplementation(() => naming('ky', Promise.reject(new Error('no such token'))))
    expect(await command(['--json', '--only', 'growth', '--only', 'memory'])).toBe(1)
    expect(told).toHaveBeenLastCalledWith('bench: ky: no such token')
    expect(JSON.parse(String(log.mock.lastCall))).toEqual({ growth: [row] })
  })
})
