import { changed, type Place } from './place.js'
import { spot } from './storage-places.js'

/** A cookie that script has written: script can read it again, and change it. */
export function scriptCookiePlace(name: string, key: string): Place {
  return {
    look: async () => [
      ...spot(`Cookie › ${name}`, cookieValue(name)),
      ...spot(
        `localStorage › ${key}.${name} (the rest of the record)`,
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
  const inSight = () => (cookieValue(name) === undefined ? 'not in document.cookie' : 'in document.cookie!')
  return {
    async look() {
      const note = spot(`localStorage › ${key} (a note, no secret)`, localStorage.getItem(key))
      if (note.length === 0) return []
      return [{ where: `Cookie › ${name}`, what: `The browser alone has it: ${inSight()}.` }, ...note]
    },
  }
}

function cookieValue(name: string): string | undefined {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
