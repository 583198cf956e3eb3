import { watchForProblems } from '../problems.js'

watchForProblems()
// Later than that, so that a configuration without this host is shown as a problem, too.
import('./page.js')
