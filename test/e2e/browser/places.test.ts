// report.html in other surroundings: in iframes of other pages, on servers that forbid scripts, and in the
// browser's history.

import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import type { Frame, Page } from 'playwright-core'
import { drawnRun } from '../../support/drawn-run.js'
import { largeRun } from '../../support/large-run.js'
import { describeInChromium, type OpenPage } from '../support/chromium.js'
import { headingOf, openPage, writePage } from './report-page.js'

/** Opens the page in a sandboxed iframe, like viewers of CI artifacts. */
async function inFrame(
  newPage: OpenPage,
  path: string,
  kind: 'srcdoc' | 'blob',
): Promise<{ page: Page; frame: Frame }> {
  const page = await newPage({ viewport: { width: 1280, height: 900 } })
  await page.route('https://artifacts.test/', route =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Artifacts</title>' }),
  )
  await page.goto('https://artifacts.test/')
  await page.evaluate(
    ([html, attribute]) => {
      const frame = document.createElement('iframe')
      frame.setAttribute('sandbox', 'allow-scripts')
      frame.width = '1200'
      frame.height = '800'
      if (attribute === 'srcdoc') frame.srcdoc = html
      else frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
      document.body.append(frame)
    },
    [readFileSync(path, 'utf8'), kind] as const,
  )
  const frame = await (await page.waitForSelector('iframe')).contentFrame()
  if (frame === null) throw new Error('the iframe has no document')
  await frame.waitForSelector('html[data-ready]')
  return { page, frame }
}

describeInChromium('report.html', newPage => {
  let path: string

  beforeAll(() => {
    path = writePage(drawnRun())
  })

  test.each(['srcdoc', 'blob'] as const)('works in a sandboxed iframe of a %s', async kind => {
    const { frame } = await inFrame(newPage, path, kind)
    await frame.locator('nav a', { hasText: 'Tests' }).click()
    await frame.waitForSelector('h1:text-is("Tests")')
    await frame.locator('input[type="search"]').pressSequentially('adds up')
    await frame.waitForSelector('[role="status"]:has-text("1 of 4 rows")')
    await frame.locator('th button', { hasText: 'CPU' }).click()
    await frame.waitForSelector('th[aria-sort="descending"]:has-text("CPU")')
    await frame.locator('nav a', { hasText: 'Overview' }).click()
    await frame.locator('.timeline svg a').first().click()
    await frame.waitForSelector('h1:text-is("cart.test.js")')
    await frame.evaluate(() => history.back())
    await frame.waitForSelector('h1.verdict')
  })

  test('the back button restores the rows and the scroll position', async () => {
    const recordings = largeRun({
      files: 60,
      testsOfEach: 10,
      samplesOfEach: 20,
      stacksOfEach: 20,
      workers: 2,
    })
    const { page } = await openPage(newPage, writePage(drawnRun(recordings)), { hash: '#tests' })
    await page.locator('button.more').click()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 600)
    await page.evaluate(() => window.scrollTo(0, 9000))
    const row = page.locator('tbody tr').nth(300).locator('a.name').first()
    await row.scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => window.scrollY)
    await row.click()
    await page.waitForSelector('.rerun')
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await page.goBack()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 600)
    expect(await page.evaluate(() => window.scrollY)).toBe(before)
    expect(before).toBeGreaterThan(5000)
    await page.goForward()
    await page.waitForSelector('.rerun')
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await page.goBack()
    await page.reload()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 600)
    expect(await page.evaluate(() => window.scrollY)).toBe(before)
  })

  test('says what to do when the server forbids scripts', async () => {
    const page = await newPage()
    await page.route('https://artifacts.test/report.html', route =>
      route.fulfill({
        path,
        contentType: 'text/html',
        headers: { 'content-security-policy': "default-src 'none'" },
      }),
    )
    await page.goto('https://artifacts.test/report.html')
    expect(await page.locator('body').innerText()).toContain('download the file, or read report.md')
    await page.waitForFunction(() => {
      const late = document.querySelector('.late')
      return late !== null && getComputedStyle(late).visibility === 'visible'
    })
  })

  test.each([
    '#flame?file=test/gone.test.ts&test=3&project=x',
    '#test?file=gone.test.ts&test=0',
    '#file?file=gone.test.ts',
  ])('a link to something that no longer exists says so: %s', async hash => {
    const { page } = await openPage(newPage, path, { hash })
    expect(await headingOf(page)).toBe('Not in this run')
  })

  test('a link to a test without its file shows the whole run', async () => {
    const whole = await openPage(newPage, path, { hash: '#flame?value=time' })
    const stale = await openPage(newPage, path, {
      hash: '#flame?value=time&test=3&hook=9&attempt=5&describe=["gone"]',
    })
    await stale.page.waitForSelector('canvas')
    const height = ({ page }: typeof whole) =>
      page.locator('canvas').evaluate(canvas => (canvas as HTMLCanvasElement).height)
    expect(await height(stale)).toBe(await height(whole))
  })

  test('the chronological order stays selected when another file is selected, and attempts have a control', async () => {
    const hash = '#flame?file=cart.test.js&mode=time&value=time&attempt=1'
    const { page } = await openPage(newPage, path, { hash })
    const field = (title: string) =>
      page.locator('.choice-field', { has: page.locator(`span:text-is("${title}")`) }).locator('select')
    expect(await field('Attempt').inputValue()).toBe('1')
    await field('Test file').selectOption({ label: 'api.test.js' })
    await page.waitForFunction(() => location.hash.includes('api.test.js'))
    expect(await page.evaluate(() => location.hash)).toContain('mode=time')
    expect(await page.evaluate(() => location.hash)).not.toContain('attempt')
  })
})
