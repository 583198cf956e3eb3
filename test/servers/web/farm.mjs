import { openTypeScript } from '../../harness/typescript.mjs'

// Left open: the modules may be asked for until the process is ended.
const typeScript = await openTypeScript()
const { serveFromFarm } = await typeScript.ssrLoadModule('/test/servers/web/farm-server.ts')
await serveFromFarm(process.argv.slice(2))
