import type { OutputChunk } from 'rollup'
import type { BundleOptions } from '../size/bundle.mjs'

export function bundleApp(code: string, options: BundleOptions): Promise<OutputChunk[]>
