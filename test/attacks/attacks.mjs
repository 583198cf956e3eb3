import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

// The command is TypeScript, which this Node can't read; vite, which runs the tests, can.
const vite = await createViteServer({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
})

try {
  const { command } = await vite.ssrLoadModule('/test/attacks/command.ts')
  process.exitCode = await command(process.argv.slice(2))
} finally {
  await vite.close()
}
