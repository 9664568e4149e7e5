// Starts a page: reads the first data block, which the first screen needs, then the second. Blocks are JSON, gzip, base64.

import { type ComponentChild, render } from 'preact'
import { followLink } from './navigation.js'

interface PageDefinition<First, Second> {
  /** The ids of the data blocks. */
  readonly blocks: readonly [first: string, second: string]
  /** Called again once the second block has been read. */
  readonly show: (first: First, second?: Second) => ComponentChild
  /** Where else the data is, for readers of a damaged page. */
  readonly elsewhere: string
}

interface Page {
  readonly firstBlock: string
  readonly elsewhere: string
  readonly showIn: (root: HTMLElement) => Promise<void>
}

export function page<First, Second>(definition: PageDefinition<First, Second>): Page {
  const { blocks, show, elsewhere } = definition
  const showIn = async (root: HTMLElement) => {
    const first = await unpack<First>(blocks[0])
    root.replaceChildren()
    document.addEventListener('click', followLink)
    render(show(first), root)
    // Lets the browser paint the first screen before the next long task.
    await new Promise(resolve => setTimeout(resolve, 30))
    render(show(first, await unpack<Second>(blocks[1])), root)
    document.documentElement.dataset.ready = 'true'
  }
  return { firstBlock: blocks[0], elsewhere, showIn }
}

/** Shows the page whose data the document contains; the first one without any. */
export function startPage(pages: readonly [Page, ...Page[]]): void {
  const root = document.getElementById('app')
  if (root === null) return
  const { elsewhere, showIn } =
    pages.find(({ firstBlock }) => document.getElementById(firstBlock) !== null) ?? pages[0]
  showIn(root).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const paragraph = document.createElement('p')
    paragraph.className = 'warning'
    paragraph.setAttribute('role', 'alert')
    paragraph.textContent = `This report cannot be shown: ${reason}. The file may be incomplete; ${elsewhere}`
    root.replaceChildren(paragraph)
  })
}

/** Throws if the block is missing or damaged. */
async function unpack<T>(id: string): Promise<T> {
  const block = document.getElementById(id)
  if (block === null) throw new Error(`the data block "${id}" is missing`)
  const bytes = Uint8Array.from(atob(block.textContent ?? ''), character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text())
}
