import { renderToString } from '@vue/server-renderer'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSSRApp, defineComponent, effectScope, h, onServerPrefetch } from 'vue'
import { latchkeyPlugin, useLatchkey } from '../../src/clients/vue.js'
import { listening } from '../shared/fixtures/listening.js'
import { each, make, users } from './users.js'

beforeEach(() => void vi.spyOn(console, 'warn'))
afterEach(() => expect(console.warn).not.toHaveBeenCalled())

const Page = defineComponent(() => {
  const { latchkey, state, signedIn } = useLatchkey()
  onServerPrefetch(() => latchkey.ready())
  return () => [
    h('p', `${state.value.status} ${state.value.subject} ${signedIn.value}`),
    h('b', latchkey.state.subject),
  ]
})

test('Vue, rendering for 100 users at once, shows an unknown state and gives each page its own user’s instance', async () => {
  const pages = await each((latchkey) => renderToString(createSSRApp(Page).use(latchkeyPlugin, latchkey)))
  const expected = users.map((user) => `<!--[--><p>unknown undefined undefined</p><b>${user}</b><!--]-->`)
  expect(pages).toEqual(expected)
})

test('on a server an effect scope of its own follows nothing, for nobody may ever end it', async () => {
  const { latchkey, count } = listening(await make('ann'))
  const app = createSSRApp(Page).use(latchkeyPlugin, latchkey)
  const used = effectScope().run(() => app.runWithContext(() => useLatchkey()))
  expect([used?.state.value.status, count()]).toEqual(['unknown', 0])
  latchkey.dispose()
})
