import { filled, words } from '../word.js'
import { changed, type Place } from './place.js'
import { spot } from './storage-places.js'

const says = words.ways.places

/** A cookie that script has written: script can read it again, and change it. */
export function scriptCookiePlace(name: string, key: string): Place {
  return {
    look: async () => [
      ...spot(`Cookie › ${name}`, cookieValue(name)),
      ...spot(
        filled(says.restOfRecord, { where: `localStorage › ${key}.${name}` }),
        localStorage.getItem(`${key}.${name}`),
      ),
    ],
    async tamper() {
      // biome-ignore lint/suspicious/noDocumentCookie: not all engines have the Cookie Store API.
      document.cookie = `${name}=${changed(cookieValue(name) ?? '')}; Path=/; SameSite=Strict`
    },
  }
}

/** A cookie that is HttpOnly: script finds nothing but the library's note that a session was started. */
export function sessionCookiePlace(name: string, key: string): Place {
  const inSight = () => (cookieValue(name) === undefined ? says.browserAlone : says.inSight)
  return {
    async look() {
      const note = spot(filled(says.note, { where: `localStorage › ${key}` }), localStorage.getItem(key))
      if (note.length === 0) return []
      return [{ where: `Cookie › ${name}`, what: inSight() }, ...note]
    },
  }
}

/** As it is stored, for script can see it; `undefined` if there is none. */
export function cookieValue(name: string): string | undefined {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
