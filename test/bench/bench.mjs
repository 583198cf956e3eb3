import { runCommand } from '../harness/typescript.mjs'

await runCommand('/test/bench/command.ts')
