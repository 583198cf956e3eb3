import type { bundleApp } from './bundle.mjs'

export const bundlePeer: typeof bundleApp
