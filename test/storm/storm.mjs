import { runCommand } from '../harness/typescript.mjs'

await runCommand('/test/storm/command.ts')
