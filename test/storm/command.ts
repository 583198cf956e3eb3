import { parse, type StormArguments } from './arguments.js'
import type { Spread, StormResult } from './figures.js'
import { runStorm } from './run-storm.js'

const spread = ({ median, worst }: Spread) => `median ${median} ms, worst ${worst} ms`

function report(options: StormArguments, result: StormResult): string {
  const { tabs, requests, rounds, strategy, delayMs, engine, noLocks, dpop } = options
  const odd = `${noLocks ? ', no Web Locks' : ''}${dpop ? ', DPoP' : ''}`
  const where = `${strategy}, ${engine}${odd}, delay ${delayMs} ms`
  return [
    `${rounds} rounds of ${tabs} × ${requests} requests: ${where}`,
    `refresh calls    ${result.refreshCalls}`,
    `failed requests  ${result.failedRequests}`,
    `sessions lost    ${result.sessionsLost}`,
    `first answer     ${spread(result.firstAnswerMs)}`,
    `last answer      ${spread(result.lastAnswerMs)}`,
  ].join('\n')
}

/** Runs what the command line says and prints it; resolves to the exit code. */
export async function command(args: string[]): Promise<number> {
  try {
    const options = parse(args)
    const result = await runStorm(options)
    console.log(options.json ? JSON.stringify(result) : report(options, result))
    return 0
  } catch (error) {
    console.error(`storm: ${error instanceof Error ? error.message : error}`)
    return 1
  }
}
