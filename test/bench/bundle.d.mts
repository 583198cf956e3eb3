import type { OutputChunk } from 'rollup'

export function bundleApp(code: string, options: { isOneFile: boolean }): Promise<OutputChunk[]>
