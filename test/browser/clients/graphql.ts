import type { User } from './client.js'

export const ASK = 'query Ask { me { name } }'
export const RENAME = 'mutation Rename($name: String!) { rename(name: $name) { name } }'

export interface Asked {
  me: User
}

export interface Renamed {
  rename: User
}
