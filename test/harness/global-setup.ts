import type { TestProject } from 'vitest/node'
import { startBench } from '../bench-server/server.js'
import type { Engine } from './engine.js'
import { readVectors, type Vectors } from './vectors.js'

export interface BenchUrls {
  readonly api: string
  readonly foreign: string
}

declare module 'vitest' {
  interface ProvidedContext {
    bench: BenchUrls
    /** The browser engine a test runs in; undefined outside of a browser. */
    engine?: Engine
    /** All that run the same tests. */
    engines?: readonly Engine[]
    /** Undefined where the folder with them is not there. */
    vectors?: Vectors
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [api, foreign] = await Promise.all([startBench(), startBench()])
  project.provide('bench', { api: api.url, foreign: foreign.url })
  const vectors = readVectors()
  if (vectors) project.provide('vectors', vectors)
  return async () => {
    await Promise.all([api.close(), foreign.close()])
  }
}
