// A real browser for the tests of report.html, of the machine it runs on: playwright-core brings none.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Throws, with how to get one, where there is none. */
export async function launchChromium(): Promise<Browser> {
  const { CHROMIUM_PATH, PATH = '' } = process.env
  const onPath = PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)))
  const executablePath = CHROMIUM_PATH ?? [...onPath, ...ELSEWHERE].find(path => existsSync(path))
  if (executablePath === undefined)
    throw new Error('install Chromium (Debian: apt-get install chromium), or name one in CHROMIUM_PATH')
  // Containers that run as root have no sandbox to offer; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
