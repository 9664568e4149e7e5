// The Chromium or Chrome of this machine, or the one at CHROMIUM_PATH.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { findReader } from './readers.js'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Paths of installations outside PATH. */
const PATHS = [
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
]

/** Returns the path of the executable. Throws when there is none. */
function findChromium(): string {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen
    throw new Error(`CHROMIUM_PATH must name the browser's executable, got ${JSON.stringify(chosen)}`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const onPath = COMMANDS.flatMap(command => folders.map(folder => join(folder, command)))
  const found = [...onPath, ...PATHS].find(isExecutable)
  if (found === undefined)
    throw new Error('install it (Debian: apt-get install chromium) or set CHROMIUM_PATH')
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const executablePath = await findReader('Chromium', findChromium)

/** Launches the browser without its sandbox, which does not work in containers. */
export function launchChromium(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('Chromium is missing')
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** Opens a page in a new context, which is closed when the test ends. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>

/** Tests in one browser, which are skipped without it. A test fails when one of its pages throws an uncaught error. */
export function describeInChromium(name: string, define: (openPage: OpenPage) => void): void {
  const describeInBrowser = executablePath === undefined ? describe.skip : describe
  describeInBrowser(name, () => {
    let browser: Browser
    const contexts: BrowserContext[] = []
    const errors: Error[] = []

    beforeAll(async () => {
      browser = await launchChromium()
    })

    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
      const [error] = errors.splice(0)
      if (error !== undefined) throw error
    })

    afterAll(() => browser?.close())

    define(async options => {
      const context = await browser.newContext(options)
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', error => errors.push(error))
      return page
    })
  })
}
