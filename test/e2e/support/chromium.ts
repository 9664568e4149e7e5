// A real browser for what we write for browsers: whichever Chromium or Chrome this machine has. CHROMIUM_PATH names
// another; with JEST_PROFILER_REQUIRE_READERS=1 it is a failure that there is none.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Where installers put it that do not add it to PATH. */
const PATHS = [
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
]

const REMEDY = 'install chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH'
const SKIPPED = `no Chromium found: the page's tests are skipped; ${REMEDY}`

/** The path of its executable. Throws where CHROMIUM_PATH leads to none. */
function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen
    throw new Error(
      `CHROMIUM_PATH is no program, got ${JSON.stringify(chosen)}. Name the browser's executable.`,
    )
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '')
  const onPath = COMMANDS.flatMap(command => folders.map(folder => join(folder, command)))
  return [...onPath, ...PATHS].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Opens a page in a context of its own, which is closed when the test ends. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>

/** Tests in one browser. A test fails when a page of its throws an error that nothing catches. */
export function describeInChromium(name: string, define: (openPage: OpenPage) => void): void {
  const executablePath = findChromium()
  if (executablePath === undefined) {
    withoutChromium(name, define)
    return
  }
  describe(name, () => {
    let browser: Browser
    const contexts: BrowserContext[] = []
    const errors: Error[] = []

    beforeAll(async () => {
      // Containers, where these tests often run, do not let Chromium make a sandbox.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
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

function withoutChromium(name: string, define: (openPage: OpenPage) => void): void {
  if (process.env.JEST_PROFILER_REQUIRE_READERS === '1') {
    test(name, () => {
      throw new Error(`no Chromium found, and JEST_PROFILER_REQUIRE_READERS is 1: ${REMEDY}`)
    })
    return
  }
  console.warn(SKIPPED)
  describe.skip(name, () => define(() => Promise.reject(new Error(SKIPPED))))
}
