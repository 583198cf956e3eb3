import type { OutputChunk } from 'rollup'

export function bundlePeer(code: string, isOneFile: boolean): Promise<OutputChunk[]>
