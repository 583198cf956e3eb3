import type { Way } from '../ways/way.js'

const keyOf = ({ id }: Way) => `lab.farm.signed-in-by.${id}`

/** The server that signed the user in by that way, if it was in this tab. A reload does not forget it. */
export function signerOf(way: Way): string | undefined {
  return sessionStorage.getItem(keyOf(way)) ?? undefined
}

export function keepSigner(way: Way, server: string): void {
  sessionStorage.setItem(keyOf(way), server)
}

export function forgetSigner(way: Way): void {
  sessionStorage.removeItem(keyOf(way))
}
