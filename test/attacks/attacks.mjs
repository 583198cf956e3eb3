import { runCommand } from '../harness/typescript.mjs'

await runCommand('/test/attacks/command.ts')
