/** Parts of a list in its order, each of so many at most. */
export function partsOf<T>(list: readonly T[], most: number): T[][] {
  const starts = Array.from({ length: Math.ceil(list.length / most) }, (_, part) => part * most)
  return starts.map((start) => list.slice(start, start + most))
}
