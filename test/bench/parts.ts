/** A list dealt out in parts, each of so many at most: neighbours come into different ones. */
export function partsOf<T>(list: readonly T[], most: number): T[][] {
  const parts = Math.ceil(list.length / most)
  return Array.from({ length: parts }, (_, part) => list.filter((_, at) => at % parts === part))
}
