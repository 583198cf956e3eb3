import { element, part } from '../dom.js'
import { filled, words } from '../word.js'

/** Lets the button beside a file copy it. Where the browser forbids that, the text is selected instead. */
export function enableCopy(root: HTMLElement): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const source = part(root, `[data-file=${button.dataset.copy}]`, HTMLElement)
    const said = element('p', 'copied')
    said.role = 'status'
    button.textContent = filled(words.choose.copy, { file: `latchkey.${button.dataset.copy}` })
    button.parentElement?.after(said)
    button.addEventListener('click', async () => {
      said.textContent = await copied(source)
    })
  }
}

async function copied(source: HTMLElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(source.textContent ?? '')
    return words.choose.copied
  } catch {
    getSelection()?.selectAllChildren(source)
    return words.choose.selected
  }
}
