/**
 * Whether a page of another origin is around this one, however far up: such a window lets nobody look at its document.
 * A sandboxed frame, whose origin is its own alone, is embedded; a worker is not.
 */
export function isEmbedded(): boolean {
  try {
    return isForeign(globalThis.window)
  } catch {
    return true
  }
}

function isForeign(page: Window | undefined): boolean {
  if (!page || page.parent === page) return false
  return !page.parent.document || isForeign(page.parent)
}
