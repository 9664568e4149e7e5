// Starts a page: reads the first data block, which the first screen needs, then the second. Blocks are JSON, gzip, base64.

import { type ComponentChild, render } from 'preact'
import { followLink } from './navigation.js'

interface Start<First, Second> {
  /** The ids of the data blocks. */
  readonly blocks: readonly [first: string, second: string]
  /** Called again once the second block has been read. */
  readonly show: (first: First, second?: Second) => ComponentChild
  /** Where else the data is, for readers of a damaged page. */
  readonly elsewhere: string
}

export function startPage<First, Second>(start: Start<First, Second>): void {
  const root = document.getElementById('app')
  if (root === null) return
  read(root, start).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const paragraph = document.createElement('p')
    paragraph.className = 'warning'
    paragraph.setAttribute('role', 'alert')
    paragraph.textContent = `This report cannot be shown: ${reason}. The file may be incomplete; ${start.elsewhere}`
    root.replaceChildren(paragraph)
  })
}

async function read<First, Second>(root: HTMLElement, { blocks, show }: Start<First, Second>): Promise<void> {
  const first = await unpack<First>(blocks[0])
  root.replaceChildren()
  document.addEventListener('click', followLink)
  render(show(first), root)
  // Lets the browser paint the first screen before the next long task.
  await new Promise(resolve => setTimeout(resolve, 30))
  render(show(first, await unpack<Second>(blocks[1])), root)
  document.documentElement.dataset.ready = 'true'
}

/** Throws if the block is missing or damaged. */
async function unpack<T>(id: string): Promise<T> {
  const block = document.getElementById(id)
  if (block === null) throw new Error(`the data block "${id}" is missing`)
  const bytes = Uint8Array.from(atob(block.textContent ?? ''), character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text())
}
