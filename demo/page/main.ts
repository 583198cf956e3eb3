import { createFrame } from './frame.js'
import { watchForProblems } from './problems.js'
import { createSections } from './sections.js'

watchForProblems()
createFrame()
createSections()
