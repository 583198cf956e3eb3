/**
 * Milliseconds that have passed, counted on from `start`, whatever is done to the clock. The clock is believed, since it counts sleep
 * (`performance.now()` may not, bug 1206450 of Chromium), unless it has fallen behind: then it was set back.
 */
export function createStopwatch(now: () => number, start: number): () => number {
  let passed = start
  let clock = now()
  let steady = performance.now()
  return () => {
    const byClock = now() - clock
    const bySteady = performance.now() - steady
    passed += byClock < bySteady - TOLERANCE_MS ? bySteady : byClock
    clock += byClock
    steady += bySteady
    return passed
  }
}

/** Timers overflow at 2^31 ms, and would be over at once (HTML s. 8.6). */
export const LONGEST_MS = 2_147_483_647

/** How far two readings may be apart without a clock having been set. */
export const TOLERANCE_MS = 5000

/**
 * Milliseconds until no more than `seconds` are left of a life, or half of it if that is less; negative once there
 * are fewer, infinite if nobody knows how long the life is.
 */
export function msUntil(seconds: number, life: number | undefined, passed: number): number {
  return life === undefined ? Number.POSITIVE_INFINITY : Math.max(life - seconds, life / 2) * 1000 - passed
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms))
}
