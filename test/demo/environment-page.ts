import type { Page } from '../harness/browsers.js'

/** A request as the server saw it: only what proves whose it is, or goes with the proof. */
export interface Asked {
  readonly line: string
  readonly status: number
  readonly authorization?: string | undefined
  readonly session?: string | undefined
  readonly csrf?: string | undefined
}

/** What a script finds in the browser's places, each as text. */
export interface Stored {
  readonly sessionStorage: string
  readonly localStorage: string
  readonly indexedDB: string
  readonly cookies: string
}

export interface EnvironmentPage {
  readonly page: Page
  signIn(name: string): Promise<void>
  load(): Promise<void>
  add(text: string): Promise<void>
  signOut(): Promise<void>
  reload(): Promise<void>
  text(selector: string): Promise<string>
  /** What this host's server was sent, the latest first. */
  record(): Promise<Asked[]>
  stored(): Promise<Stored>
}

interface Seen {
  readonly line: string
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
}

const STORED = `(async () => {
  const settled = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
  const database = await settled(indexedDB.open('latchkey.credentials'))
  const kept = await settled(database.transaction('credentials').objectStore('credentials').getAll())
  database.close()
  return {
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    localStorage: JSON.stringify({ ...localStorage }),
    indexedDB: JSON.stringify(kept),
    cookies: document.cookie,
  }
})()`

function asked({ line, status, headers }: Seen): Asked {
  const header = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  const [session] = /latchkey_demo_sid=[^;]+/.exec(header('cookie') ?? '') ?? []
  return {
    line: line.replace(' HTTP/1.1', ''),
    status,
    authorization: header('authorization'),
    session,
    csrf: header('x-xsrf-token'),
  }
}

export async function environmentPage(page: Page): Promise<EnvironmentPage> {
  const text = (selector: string) =>
    page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)}).textContent`)
  const known = "/signed-(in|out)/.test(document.querySelector('#app')?.dataset.status)"
  const says = async (words: string) => {
    const isSaid = `document.querySelector('#app .result').textContent.startsWith(${JSON.stringify(words)})`
    await page.waitFor(isSaid).catch(async (cause) => {
      throw new Error(`not "${words}" was said, but "${await text('#app .result')}"`, { cause })
    })
  }
  const press = async (selector: string, words: string) => {
    await page.evaluate("document.querySelector('#app .result').replaceChildren()")
    await page.click(selector)
    await says(words)
  }
  const signOut = () => press('#sign-out', 'Signed out')
  await page.waitFor(known)
  return {
    page,
    text,
    async signIn(name) {
      if (await page.evaluate("document.querySelector('#sign-in').hidden")) await signOut()
      await page.evaluate("document.querySelector('#sign-in input').value = ''")
      await page.type('#sign-in input', name)
      await press('#sign-in button', 'This is what the server has')
    },
    load: () => press('#load', 'This is what the server has'),
    async add(note) {
      await page.type('#add input', note)
      await press('#add .main', 'Added')
    },
    signOut,
    async reload() {
      await page.evaluate("document.body.dataset.old = 'yes'")
      await page.reload()
      await page.waitFor(`!document.body.dataset.old && ${known}`)
    },
    async record() {
      const source = "fetch('/api/record').then((answer) => answer.json())"
      return (await page.evaluate<{ requests: Seen[] }>(source)).requests.map(asked)
    },
    stored: () => page.evaluate(STORED),
  }
}
