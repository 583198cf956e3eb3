import type { LoggingFunction, OutputChunk, Plugin } from 'rollup'

export interface BundleOptions {
  plugins?: readonly Plugin[]
  external?: readonly string[]
  onwarn?: LoggingFunction
  isOneFile?: boolean
  passes?: number
}

export function bundle(folder: string, code: string, options?: BundleOptions): Promise<OutputChunk[]>
export function loaded(chunks: readonly OutputChunk[]): string
