import { compile } from 'svelte/compiler'

/** Compiles Svelte's components, for a page or for a server, as whoever asks for them is one. */
export const svelte = {
  name: 'svelte',
  transform(code: string, filename: string, { ssr }: { ssr?: boolean } = {}) {
    if (!filename.endsWith('.svelte')) return undefined
    return compile(code, { filename, generate: ssr ? 'server' : 'client' }).js
  },
}
