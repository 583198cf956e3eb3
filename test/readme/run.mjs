import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openPage } from './page.mjs'

const [folder, report, ...files] = process.argv.slice(2)

/** Runs a module; resolves to what is wrong with it, if anything is. */
async function failureOf(file) {
  openPage()
  let leave = () => {}
  const failed = new Promise((resolve) => {
    leave = resolve
  })
  const onRejection = (error) => leave(`${error?.stack}`)
  process.on('unhandledRejection', onRejection)
  const timer = setTimeout(() => leave('it did not end'), 10_000)
  const ended = import(pathToFileURL(join(folder, file)).href).then(
    // What it has left to be done may fail, too.
    () => new Promise((resolve) => setTimeout(resolve, 20, '')),
    onRejection,
  )
  const failure = await Promise.race([ended, failed])
  clearTimeout(timer)
  process.off('unhandledRejection', onRejection)
  return failure ?? (await failed)
}

const failures = []
for (const file of files) failures.push(await failureOf(file))
writeFileSync(report, JSON.stringify(failures))
// What a snippet has opened, it leaves open, as a page does.
process.exit()
