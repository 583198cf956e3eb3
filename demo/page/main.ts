import { createChooser } from './chooser.js'
import { watchForProblems } from './problems.js'
import { ways } from './ways.js'

watchForProblems()
createChooser(ways)
