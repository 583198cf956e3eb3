/** As JSON that reads well: what is short and holds nothing else stands in one line. */
export function written(data: object): string {
  const spread = JSON.stringify(data, null, 2)
  const lists = spread.replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_, inner: string) => `[${inLine(inner)}]`)
  return `${lists.replace(/\{\n\s+([^{}]*?)\n\s+\}/g, (whole, inner: string) =>
    inner.length > 70 ? whole : `{ ${inLine(inner)} }`,
  )}\n`
}

function inLine(text: string): string {
  return text.replace(/\n\s+/g, ' ')
}
