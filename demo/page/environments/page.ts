import { latchkey } from './app.js'
import { createApp } from './app-view.js'
import { showEnvironments } from './environments.js'
import { showEnd, showFacts } from './facts.js'
import { showSources } from './sources.js'

showEnvironments()
showSources()
createApp(showFacts)
latchkey.subscribe(showFacts)
setInterval(showEnd, 1000)
