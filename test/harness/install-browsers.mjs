import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const programs = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  'firefox-esr': ['firefox-esr', 'firefox'],
  'webkit2gtk-driver': ['WebKitWebDriver'],
  xvfb: ['xvfb-run'],
  xauth: ['xauth'],
  'redis-server': ['redis-server'],
}

// What is no program is looked for by its path.
const files = { 'python3-django': '/usr/lib/python3/dist-packages/django' }

const folders = (process.env.PATH ?? '').split(delimiter)
const isThere = (name) => folders.some((folder) => existsSync(join(folder, name)))
const missing = [
  ...Object.keys(programs).filter((name) => !programs[name].some(isThere)),
  ...Object.keys(files).filter((name) => !existsSync(files[name])),
]

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error } = spawnSync('apt-get', args, { stdio: 'inherit', env })
  if (status !== 0) throw error ?? new Error(`apt-get ${args[0]} ended with ${status}`)
}

if (missing.length === 0) {
  console.log('browsers, redis-server and Django: all there')
} else if (isThere('apt-get') && process.getuid?.() === 0) {
  aptGet('update')
  aptGet('install', '-y', '--no-install-recommends', ...missing)
} else {
  console.log(`missing, by their Debian names: ${missing.join(' ')}`)
}
