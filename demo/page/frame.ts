import { part } from './dom.js'

/** What is around the sections: a way past what comes before them, and to the other language. */
export function createFrame(): void {
  const skip = part(document, '.skip', HTMLAnchorElement)
  // Without a word in the address, which names the section.
  skip.addEventListener('click', (event) => {
    event.preventDefault()
    part(document, 'main', HTMLElement).focus()
  })
  const other = part(document, '.language', HTMLAnchorElement)
  const keepSection = () => {
    other.hash = location.hash
  }
  // Also before a menu or a middle click opens it elsewhere. Sections write into the address without any event.
  for (const type of ['pointerdown', 'focus', 'click']) other.addEventListener(type, keepSection)
}
