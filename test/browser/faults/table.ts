import * as cookie from './broken-cookie.js'
import * as database from './broken-indexed-db.js'
import * as web from './broken-web-storage.js'
import { beside, cell, ofDatabase, ofEach, type Row } from './cell.js'
import { gone, unharmed, unusable, unwritable } from './outcomes.js'
import { COOKIE } from './places.js'

/** What can go wrong with a store, how that is made, and what it ends in. */
export const faults: Record<string, Row> = {
  'store missing': {
    // Where there is no such thing, nothing can be left in it.
    local: cell(web.missing('localStorage'), unusable, { clear: 'fulfilled' }),
    session: cell(web.missing('sessionStorage'), unusable, { clear: 'fulfilled' }),
    indexedDB: cell(database.missing, unusable, { clear: 'fulfilled' }),
    // Where cookies are blocked none is shown and nothing is said, so to erase what is not shown is no failure.
    cookie: cell(cookie.missing, unusable, {
      start: 'signed-out',
      set: 'ERR_COOKIE_REFUSED',
      sent: 'old',
      clear: 'fulfilled',
    }),
  },
  'throws on touch': ofEach(
    {
      local: web.untouchable('localStorage'),
      session: web.untouchable('sessionStorage'),
      indexedDB: database.untouchable,
      cookie: cookie.untouchable,
    },
    unusable,
    // Whatever script may do, the browser sends what it has.
    { sent: 'old' },
  ),
  'throws on write': ofEach(
    {
      local: web.readOnly('localStorage'),
      session: web.readOnly('sessionStorage'),
      indexedDB: database.readOnly,
      cookie: cookie.readOnly,
    },
    unwritable,
    // A cookie is erased by a write.
    { clear: 'ERR_STORAGE_FAILED', left: 'old' },
  ),
  full: ofEach(
    {
      local: web.full('localStorage'),
      session: web.full('sessionStorage'),
      indexedDB: database.full,
      // A full jar drops its oldest cookie; what can be full is the localStorage beside it.
      cookie: web.full('localStorage'),
    },
    unwritable,
  ),
  'IndexedDB missing beside it': beside(database.missing),
  'IndexedDB throws on touch beside it': beside(database.untouchable),
  'IndexedDB throws on write beside it': beside(database.readOnly),
  'IndexedDB full beside it': beside(database.full),
  'throws when it is opened': ofDatabase(database.unopenable, unusable),
  'closed under us, each time': ofDatabase(database.closed, unusable),
  'closed under us, once': ofDatabase(database.closedOnce, unharmed),
  'closing mid-transaction': ofDatabase(database.closing, unharmed),
  'closing mid-transaction for another page’s upgrade': ofDatabase(database.versionChanged, unharmed),
  'transaction aborted, each time': ofDatabase(database.aborted, unusable),
  'transaction aborted, once': ofDatabase(database.abortedOnce, unharmed),
  'open never answers': ofDatabase(database.silent, unusable),
  'deleted from another tab': ofEach(
    {
      local: web.deletedElsewhere('localStorage'),
      session: web.deletedElsewhere('sessionStorage'),
      indexedDB: database.deletedElsewhere,
      cookie: cookie.deletedElsewhere(COOKIE),
    },
    gone,
  ),
  'deleted by another page while it is in use': ofDatabase(database.deletedMeanwhile, {
    ...unharmed,
    rests: 'none',
  }),
  'schema half made': ofDatabase(database.halfMade(1), gone),
  'schema half made at a higher version': ofDatabase(database.halfMade(7), gone),
}
