// What all views of report.html share: the title of the document, the tabs, and tables that fit a phone.

import { beforeAll, expect, test } from '@jest/globals'
import { drawnRun } from '../../support/drawn-run.js'
import { describeInChromium } from '../support/chromium.js'
import { expectNoSidewaysScroll, goTo, openPage, writePage } from './report-page.js'

const PHONE = { width: 390, height: 844 }

describeInChromium('the layout of report.html', newPage => {
  let path: string

  beforeAll(() => {
    path = writePage(drawnRun())
  })

  test('the title of the document follows the view', async () => {
    const { page } = await openPage(newPage, path)
    expect(await page.title()).toBe('Overview · Test profile of project')
    await goTo(page, '#tests')
    expect(await page.title()).toBe('Tests · Test profile of project')
    await page.locator('tbody a.name', { hasText: 'adds up' }).click()
    await page.waitForFunction(() => document.title.startsWith('cart › adds up'))
    await goTo(page, '#source?file=cart.test.js')
    expect(await page.title()).toBe('cart.test.js · Test profile of project')
  })

  test('the current tab is visible on a phone', async () => {
    const { page } = await openPage(newPage, path, { ...PHONE, hash: '#waits' })
    const tab = await page.locator('nav[aria-label="Views"] [aria-current]').boundingBox()
    expect(tab?.x).toBeGreaterThanOrEqual(0)
    expect((tab?.x ?? 0) + (tab?.width ?? 0)).toBeLessThanOrEqual(PHONE.width)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
  })

  test('the rows of a table are cards on a phone, with a heading for each figure', async () => {
    const { page } = await openPage(newPage, path, { ...PHONE, hash: '#tests' })
    await expectNoSidewaysScroll(page)
    const row = page.locator('tbody tr').first()
    const [subject, wall] = await Promise.all(
      [row.locator('td').first(), row.locator('td[data-label="Wall"]')].map(cell => cell.boundingBox()),
    )
    // Below the name, and not beside it.
    expect(wall?.y).toBeGreaterThanOrEqual((subject?.y ?? 0) + (subject?.height ?? 0))
    const scrolled = await page
      .locator('.scroll')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
    expect(scrolled).toBeLessThanOrEqual(0)
  })

  test('a card on a phone has no heading without a value, such as the place of V8’s garbage collector', async () => {
    const { page } = await openPage(newPage, path, { ...PHONE, hash: '#functions' })
    const cells = page.locator('tbody td[data-label="Where"]')
    const texts = await cells.allTextContents()
    const shown = await cells.evaluateAll(all => all.map(cell => cell.getClientRects().length > 0))
    expect(texts).toContain('')
    expect(shown).toEqual(texts.map(text => text !== ''))
  })

  test('columns that are the same in all rows are one line above the table', async () => {
    const { page } = await openPage(newPage, path, { hash: '#files' })
    const headings = (await page.locator('thead th').allInnerTexts()).map(text =>
      text.replace(/[↑↓]/, '').trim(),
    )
    expect(headings).toEqual(expect.arrayContaining(['File', 'Wall', 'CPU']))
    expect(headings).not.toContain('Blocked')
    expect(await page.locator('text=/^The same in all rows:/').innerText()).toContain('blocked 0 ms')
    // A link may sort by such a column.
    await goTo(page, '#files?sort=-blockedMs')
    expect(await page.locator('thead th').allInnerTexts()).toContainEqual(expect.stringContaining('Blocked'))
  })

  test('the column that rows are sorted by has bars, the longest one in the first row', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests' })
    const widths = await page
      .locator('tbody td[data-label="Wall"]')
      .evaluateAll(cells => cells.map(cell => Number.parseFloat((cell as HTMLElement).style.backgroundSize)))
    expect(widths[0]).toBe(100)
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  })

  test('test files are points by their fixed cost and their tests, which lead to their views', async () => {
    const { page, complaints } = await openPage(newPage, path, { hash: '#files' })
    await page.locator('.choice a', { hasText: 'Fixed cost against tests' }).click()
    const points = page.locator('.grid-frame a')
    expect(await points.count()).toBe(2)
    await points.filter({ hasText: 'cart.test.js' }).locator('circle').click()
    expect(await page.locator('h1').innerText()).toBe('cart.test.js')
    expect(complaints).toEqual([])
  })
})
