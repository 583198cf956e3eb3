import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

// Left open: the modules may be asked for until the process is ended.
const vite = await createViteServer({
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
})

const { serveFromFarm } = await vite.ssrLoadModule('/test/servers/web/farm-server.ts')
await serveFromFarm(process.argv.slice(2))
