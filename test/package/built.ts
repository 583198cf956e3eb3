import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('../../', import.meta.url))

export function mustBeBuilt(): void {
  const built = ['dist/esm/index.js', 'dist/latchkey.min.js', 'dist/latchkey.min.mjs'].every((path) =>
    existsSync(join(root, path)),
  )
  if (!built) throw new Error('dist/ is missing or half made: run npm run build first')
}
