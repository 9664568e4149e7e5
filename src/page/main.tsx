// The page begins: the report first, since it is what the first screen shows; the profile right after.

import { render } from 'preact'
import type { PageProfile, PageReport } from '../formats/html/page-data.js'
import { App } from './app.js'
import { RunData } from './data/run-data.js'
import { unpack } from './data/unpack.js'
import { followLink } from './navigation.js'

async function start(root: HTMLElement): Promise<void> {
  const report = await unpack<PageReport>('report')
  root.replaceChildren()
  document.addEventListener('click', followLink)
  render(<App data={new RunData(report)} />, root)
  // The first screen is to be painted before the next long task.
  await new Promise(resolve => setTimeout(resolve, 30))
  const profile = await unpack<PageProfile>('profile')
  render(<App data={new RunData(report, profile)} />, root)
  document.documentElement.dataset.ready = 'true'
}

const root = document.getElementById('app')
if (root !== null) {
  start(root).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const paragraph = document.createElement('p')
    paragraph.className = 'warning'
    paragraph.setAttribute('role', 'alert')
    paragraph.textContent = `This report cannot be shown: ${reason}. The file may have been cut off on its way; report.md and report.json hold the same figures.`
    root.replaceChildren(paragraph)
  })
}
