import { own } from '../../options.js'

/** What the inspector says in English. `{name}` is put in. */
export const english = {
  title: 'Latchkey inspector',
  nothing: 'No instance is shown: set the property latchkeys.',
  status: 'Status',
  user: 'User',
  strategy: 'Strategy',
  storage: 'Rests in',
  persistent: '{storage}, also after the browser was closed',
  fleeting: '{storage}, not after the browser was closed',
  fingerprint: 'Fingerprint',
  unreadable: 'none: script can’t read it',
  insecure: 'none: only on https and localhost',
  life: 'Life that is left',
  left: '{left} of {whole}',
  endless: 'nobody said when it ends',
  over: 'over: the next request will notice',
  claims: 'Claims, not verified',
  none: 'none',
  timeline: 'What happened, the newest first',
  thisTab: 'this tab',
  otherTab: 'tab {number}',
  initial: 'is watched from now on',
  'signed-in': 'found somebody signed in',
  'signed-in:this-tab': 'signed in',
  'signed-in:other-tab': 'took over the sign-in of another tab',
  'signed-out': 'is signed out',
  'signed-out:other-tab': 'followed another tab, which has ended it',
  refreshed: 'has a new credential',
  'refreshed:this-tab': 'renewed the credential',
  'refreshed:other-tab': 'took over what another tab has renewed',
  degraded: 'could not renew the credential, and keeps it',
  recovered: 'renewed the credential again after failures',
  'recovered:other-tab': 'took over what another tab has renewed, after failures',
  'user-changed': 'has another user’s credential now',
  identified: 'was told by the server whose session it is',
  migrated: 'moved to another strategy',
  'storage-fallback': 'keeps it in {storage} instead',
  'duplicate-cookie': 'sees two cookies called {cookie}',
  'going-idle': 'ends it in {seconds} s unless something is sent',
  active: 'is active again',
  attached: 'sent a request to {origin} with the credential, or left its cookie to the browser',
  'not-attached:foreign-origin': 'sent a request to {origin} without: the origin is not on the list',
  'not-attached:other-path': 'sent a request to {origin} without: the origin is on the list, the path is not',
  'not-attached:caller': 'sent a request to {origin} without: the caller had set the header',
  'not-attached:signed-out': 'sent a request to {origin} without: nobody is signed in',
}

/** All that an inspector says, each by its name; `{name}` in it is where something is put in. */
export type InspectorWords = Readonly<Record<keyof typeof english, string>>

/** What is said, by its name: on no prototype, for names come from other tabs, too. */
export function wordsWith(given: Partial<InspectorWords>): InspectorWords {
  const texts = Object.entries(given).filter(([, text]) => typeof text === 'string')
  return own({ ...english, ...Object.fromEntries(texts) })
}

/** The text with a value in the place of each `{name}`. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}
