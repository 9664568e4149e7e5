// speedscope itself, https://www.speedscope.app, from its package: what it shows for a text, and what it exports.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { ROOT } from './cache.js'

const APP = join(ROOT, 'node_modules/speedscope/dist/release/index.html')

/** The parts of https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format-spec.ts that speedscope writes. */
interface ExportedFile {
  shared: { frames: { name: string; file?: string; line?: number; col?: number }[] }
  profiles: {
    name: string
    unit: string
    endValue: number
    events: { type: 'O' | 'C'; frame: number; at: number }[]
  }[]
}

export interface ShownProfile {
  name: string
  unit: string
  total: number
  /** `name file:line:column > … weight` in chronological order. */
  stacks: string[]
  /** The innermost function of each stack. */
  leaves: { name: string; weight: number }[]
}

/** Opens the text as a file with the given name; resolves when it is drawn, and rejects when speedscope refuses it. */
export async function openInSpeedscope(page: Page, name: string, text: string): Promise<void> {
  const refused = new Promise<never>((_, reject) => {
    page.on('dialog', dialog => {
      reject(new Error(`speedscope says: ${dialog.message()}`))
      void dialog.dismiss()
    })
    page.on('console', message => {
      if (message.text().startsWith('Failed to load format')) reject(new Error(message.text()))
    })
  })
  await page.goto(pathToFileURL(APP).href)
  const buffer = Buffer.from(text)
  await page.locator('#file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await Promise.race([page.getByText('Time Order').waitFor(), refused])
}

/** Rows of the list of profiles: number, name, total weight. */
export function shownProfiles(page: Page): Promise<string[]> {
  return page
    .locator('tr[title]')
    .evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent).join(' | ')))
}

/** Rows of the sandwich view: total, self, name. */
export async function shownFrames(page: Page): Promise<string[]> {
  await page.getByText('Sandwich').click()
  const rows = page.locator('table tr:has(td):not([title])')
  await rows.first().waitFor()
  return rows.evaluateAll(found =>
    found.map(row => [...row.children].map(cell => cell.textContent).join(' | ')),
  )
}

/** The profile as speedscope exports it. */
export async function exportedProfiles(page: Page): Promise<ShownProfile[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Export').click()])
  const { shared, profiles } = JSON.parse(readFileSync(await download.path(), 'utf8')) as ExportedFile
  const labels = shared.frames.map(({ name, file, line, col }) =>
    [name, [file, line, col].filter(part => part !== undefined).join(':')].filter(Boolean).join(' '),
  )
  return profiles.map(({ name, unit, endValue, events }) => {
    const [stacks, leaves]: [string[], ShownProfile['leaves']] = [[], []]
    const open: number[] = []
    let last = 0
    for (const { type, frame, at } of events) {
      if (at > last) {
        stacks.push(`${open.map(index => labels[index]).join(' > ')} ${at - last}`)
        leaves.push({ name: shared.frames[open.at(-1) ?? -1]?.name ?? '', weight: at - last })
      }
      last = at
      if (type === 'O') open.push(frame)
      else open.pop()
    }
    return { name, unit, total: endValue, stacks, leaves }
  })
}
