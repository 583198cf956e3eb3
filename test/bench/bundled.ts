import type { OutputChunk } from 'rollup'
import type { BundleOptions } from '../size/bundle.mjs'
import { bundleApp } from './bundle.mjs'
import { type Contender, installPeers, isPeer } from './peers.js'

/** The chunks of an app's code that uses a contender. A peer is installed for it, with what bundles peers. */
export async function bundled(
  contender: Pick<Contender, 'module'>,
  code: string,
  options: Pick<BundleOptions, 'isOneFile' | 'passes'> = {},
): Promise<OutputChunk[]> {
  if (!isPeer(contender)) return bundleApp(code, options)
  installPeers()
  const { bundlePeer } = await import('./peer-bundle.mjs')
  return bundlePeer(code, options)
}
