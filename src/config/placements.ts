import { bearer } from '../placements/bearer.js'
import { dpop } from '../placements/dpop.js'
import { header } from '../placements/header.js'
import { query } from '../placements/query.js'
import type { Placement } from '../types.js'
import type { BearerData, DpopData, HeaderData, QueryData } from './data.js'
import { anyOf, choice, described, type Fields, maybe, type Schema, text } from './schema.js'

/** What an instance brings that data can't say. */
export interface Seams {
  readonly indexedDB?: IDBFactory | undefined
  readonly now?: (() => number) | undefined
}

/** How a credential travels. */
export function placements(seams: Seams): Schema<Placement> {
  return anyOf<Placement>({
    bearer: described({} satisfies Fields<BearerData>, bearer),
    header: described({ name: text(header) } satisfies Fields<HeaderData>, ({ name }) => header(name)),
    query: described({ name: text(query) } satisfies Fields<QueryData>, ({ name }) => query(name)),
    dpop: described(
      {
        name: maybe(text()),
        storage: maybe(choice(['indexedDB', 'memory'])),
      } satisfies Fields<DpopData>,
      (options) => dpop({ ...options, ...seams }),
    ),
  })
}
