import { address } from '../address.js'
import { part } from '../dom.js'
import { showInspector } from '../inspector.js'
import { ways } from '../ways/ways.js'
import { createChooser } from './chooser.js'
import { createHearing } from './story/hearing.js'
import { openSecondTab } from './story/second-tab.js'
import { createStory } from './story/story.js'

/** Fills the section, when it is first shown. */
export function open(root: HTMLElement): void {
  const story = part(root, '#story', HTMLElement)
  const secondTab = part(root, '#second-tab', HTMLElement)
  const isSecond = address().detail === 'second-tab'
  secondTab.hidden = !isSecond
  story.hidden = isSecond
  part(root, '.one-way', HTMLElement).hidden = isSecond
  if (isSecond) return void openSecondTab(secondTab, ways)
  const hearing = createHearing()
  const keepers = createChooser(ways, hearing.hear)
  createStory(story, keepers, hearing)
  showInspector(part(root, '.one-way', HTMLElement), keepers)
}
