/**
 * Does it for the highest number there is, once at a time and once more for what came meanwhile: a thousand hints are
 * no more work than two. It is told when it looks for what is old by now. What it rejects with is nobody's.
 */
export function soon(
  look: (highest: number, isOld: () => boolean) => Promise<void>,
): (number: number) => void {
  let highest: number | undefined
  let isLooking = false
  const start = async () => {
    while (highest !== undefined) {
      const next = highest
      highest = undefined
      await look(next, () => highest !== undefined).catch(() => {})
    }
    isLooking = false
  }
  return (number) => {
    if (!(number <= (highest ?? -1))) highest = number
    if (isLooking) return
    isLooking = true
    start()
  }
}
