// The pages as the built package writes them, opened from disk.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { ComparedCalls } from '../../../src/compare/calls.js'
import type { Comparison } from '../../../src/compare/comparison.js'
import { toComparisonHtml } from '../../../src/formats/html/comparison-html.js'
import { toHtml } from '../../../src/formats/html/html.js'
import type { Profile } from '../../../src/profile/profile.js'
import type { Report } from '../../../src/report/report.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import type { OpenPage } from '../support/chromium.js'

export const VIEWS = [
  '#overview',
  '#flame',
  '#flame?value=time&libraries=open',
  '#tests',
  '#files',
  '#files?as=grid',
  '#calls',
  '#functions',
  '#lines',
  '#packages',
  '#imports',
  '#imports?as=tree',
  '#imports?as=icicle',
  '#hooks',
  '#waits',
  '#waits?as=code',
]

const PAGE = fileURLToPath(new URL('../../../build/page/', import.meta.url))

const assets = {
  script: readFileSync(join(PAGE, 'main.js'), 'utf8'),
  style: readFileSync(join(PAGE, 'style.css'), 'utf8'),
}

/** Returns its path. */
export function writePage(
  { profile, report }: { profile: Profile; report: Report },
  sources: Readonly<Record<string, string>> = {},
): string {
  const path = join(temporaryFolder(), 'report.html')
  writeFileSync(path, toHtml(profile, report, { assets, sources, artifacts: {} }))
  return path
}

/** Returns its path. */
export function writeComparison(comparison: Comparison, calls: ComparedCalls, title = 'shop'): string {
  const path = join(temporaryFolder(), 'comparison.html')
  writeFileSync(path, toComparisonHtml(comparison, { calls, assets, title }))
  return path
}

export interface OpenOptions {
  hash?: string
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
}

/** A page that has loaded its data. Its network requests and errors are in `complaints`. */
export async function openPage(
  newPage: OpenPage,
  path: string,
  { hash = '', width = 1280, height = 900, colorScheme = 'light' }: OpenOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await newPage({ viewport: { width, height }, colorScheme })
  const complaints: string[] = []
  const url = pathToFileURL(path).href
  page.on('request', request => {
    if (request.url().split('#')[0] !== url) complaints.push(`asks for ${request.url()}`)
  })
  page.on('pageerror', error => complaints.push(`throws ${error.message}`))
  page.on('dialog', dialog => {
    complaints.push(`shows a dialog: ${dialog.message()}`)
    dialog.dismiss().catch(() => undefined)
  })
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.goto(url + hash)
  await page.waitForSelector('html[data-ready]')
  return { page, complaints }
}

/** Goes to another view, like a link. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(target => {
    location.hash = target
  }, hash)
  await page.waitForFunction(target => location.hash === target, hash)
  await nextFrame(page)
}

export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 0))))
}

export async function headingOf(page: Page): Promise<string> {
  return (await page.locator('main h1').first().textContent()) ?? ''
}

/** The fragment of every link in the page. */
export async function linksOf(page: Page, within = 'main'): Promise<string[]> {
  const links = await page
    .locator(`${within} a`)
    .evaluateAll(elements => elements.map(element => element.getAttribute('href') ?? ''))
  return [...new Set(links)].filter(link => link.startsWith('#'))
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}
