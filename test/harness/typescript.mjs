import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

/** Loads TypeScript, which this Node can't read; vite, which runs the tests, can. It is open until it is closed. */
export function openTypeScript() {
  return createViteServer({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, ws: false, hmr: false, watch: null },
  })
}

/** Runs the `command` of a file with what the command line says; what it resolves to is the exit code. */
export async function runCommand(path) {
  const typeScript = await openTypeScript()
  try {
    const { command } = await typeScript.ssrLoadModule(path)
    process.exitCode = await command(process.argv.slice(2))
  } finally {
    await typeScript.close()
  }
}
