const fence = '```'

/** A README with one of everything: what is right and what must be found. */
export const fixture = `# Fixture

${fence}ts
import { createLatchkey, memoryStrategy } from 'latchkey'

const mine = createLatchkey({ strategy: memoryStrategy(), allowedOrigins: ['self'] })
await mine.ready()
${fence}

${fence}ts
const me: Response = await latchkey.fetch('/me')
const status: string = me.status
${fence}

${fence}ts
import { noSuchThing } from 'latchkey'
noSuchThing()
${fence}

${fence}ts run
import { createLatchkey, jwtStrategy } from 'latchkey'

const mine = createLatchkey({ strategy: jwtStrategy({ storage: 'local' }), allowedOrigins: ['self'] })
await mine.set(await (await fetch('/login')).json())
const me: { name: string } = await (await mine.fetch('/me')).json()
if (mine.state.subject !== 'ada' || me.name !== 'Ada') throw new Error('it does not work')
${fence}

${fence}js run
throw new Error('it does not run')
${fence}

${fence}js run
setTimeout(() => Promise.reject(new Error('it fails later')))
${fence}

${fence}js
const a = ;
${fence}

${fence}html
<script src="latchkey.min.js"></script>
<script type="application/json">{ "a": 1 }</script>
<script>
  const mine = Latchkey.createLatchkey({ strategy: Latchkey.magicStrategy() })
</script>
${fence}

${fence}sh
npm ci && npm start
${fence}

| import | minified | gzip |
|---|--:|--:|
| \`{ createLatchkey, jwtStrategy }\` | 9.0 KB | 4.0 KB |
| \`everything with ky\` | 40.1 KB | **15.0 KB** |

| import | peers |
|---|--:|
| \`dist/latchkey.min.js\` | 15.3 KB |
`
