import session, { type SessionData, type Store } from 'express-session'
import { type Did, did } from './did.js'

type Done = (error?: unknown) => void

/**
 * A store of sessions that notes what is looked up and written. Each path that has sessions needs one of its own:
 * express-session writes into the store how the cookies of new sessions are to be.
 */
export class NotedStore extends session.Store {
  readonly #store: Store
  readonly #where: Did['where']

  constructor(store: Store, where: Did['where']) {
    super()
    this.#store = store
    this.#where = where
  }

  get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.#store.get(id, (error, found) => {
      did({ what: 'looked-up', where: this.#where, thing: 'session', found: Boolean(found) })
      done(error, found)
    })
  }

  set(id: string, session: SessionData, done?: Done): void {
    this.#note('kept')
    this.#store.set(id, session, done)
  }

  /** Its time starts anew. */
  override touch(id: string, session: SessionData, done?: () => void): void {
    this.#note('kept')
    this.#store.touch?.(id, session, done)
  }

  destroy(id: string, done?: Done): void {
    this.#note('removed')
    this.#store.destroy(id, done)
  }

  #note(what: 'kept' | 'removed'): void {
    did({ what, where: this.#where, thing: 'session' })
  }
}
