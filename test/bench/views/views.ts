import type { Table } from '../arguments.js'
import { bytes } from './bytes.js'
import { growth } from './growth.js'
import { memory } from './memory.js'
import { perRequest } from './per-request.js'
import { startUp } from './start-up.js'
import { storm } from './storm.js'
import type { View } from './view.js'

export const views: Record<Table, View> = { bytes, perRequest, startUp, storm, growth, memory }
