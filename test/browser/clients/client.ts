import type { Latchkey } from '../../../src/index.js'

/** What an app does by a client: it asks for the name, and sets another one. Both answer the name. */
export interface Calls {
  read(): Promise<string>
  write(name: string): Promise<string>
}

/** A client made as its documentation has it, for the API below that address. */
export type MakeClient = (latchkey: Latchkey, base: string) => Calls

export interface User {
  name: string
}
