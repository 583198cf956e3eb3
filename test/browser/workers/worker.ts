import { answering } from './life.js'

answering(self)
