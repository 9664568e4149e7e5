// The flame graph of report.html: what is done to stacks from its menu, the path to the zoomed call, and the minimap.

import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { drawnRun } from '../../support/drawn-run.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { describeInChromium } from '../support/chromium.js'
import { nextFrame, openPage, writePage } from './report-page.js'

const ROW = 20

/** Points at the middle of a row, at a share of the width. */
async function placeOf(page: Page, row: number, share: number) {
  const box = await page.locator('.flame canvas').boundingBox()
  return { x: (box?.width ?? 0) * share, y: row * ROW + ROW / 2 }
}

const described = (page: Page) => page.locator('.described').innerText()

describeInChromium('the flame graph of report.html', newPage => {
  let path: string

  beforeAll(() => {
    const recording = resolvedFromText(
      `
      0     40000                   90000
      load  total                   total
            add[dependency:lodash]
    `,
      {
        header: { wallMicros: 100_000, testPath: '/project/cart.test.js' },
        phases: [
          { phase: 'imports', start: 0 },
          { phase: 'other', start: 40_000 },
        ],
        tests: [span({ index: 0, name: ['cart', 'adds up'], start: 40_000, end: 100_000 })],
      },
    )
    path = writePage(drawnRun([recording]))
  })

  test('has phases, files, describe blocks and tests above calls, and shows the path to a zoomed call', async () => {
    const { page, complaints } = await openPage(newPage, path, { hash: '#flame' })
    // tests, then cart.test.js, cart, adds up, total, add.
    await page.locator('.flame canvas').click({ position: await placeOf(page, 6, 0.1) })
    const crumbs = page.locator('.crumbs')
    expect(await crumbs.innerText()).toBe(
      'all › tests › cart.test.js › cart › adds up › total › add · lodash',
    )
    await crumbs.locator('button', { hasText: 'adds up' }).click()
    await nextFrame(page)
    expect(await described(page)).toMatch(/^adds up: 60 ms, 60 %/)
    expect(await page.locator('.node a').first().getAttribute('href')).toMatch(/^#test\?/)
    expect(complaints).toEqual([])
  })

  test('focuses, ignores and merges from the menu of a call, and takes it back', async () => {
    const { page, complaints } = await openPage(newPage, path, { hash: '#flame' })
    await page.locator('.flame canvas').click({ button: 'right', position: await placeOf(page, 6, 0.1) })
    const menu = page.locator('[role="menu"]')
    expect(await menu.locator('[role="menuitem"]').allInnerTexts()).toEqual([
      'Focus: only stacks with add',
      'Ignore stacks with add',
      'Ignore stacks with lodash',
      'Merge lodash into its callers',
    ])
    await menu.locator('text=Focus').click()
    const graph = page.locator('[role="application"]')
    await graph.press('ArrowDown')
    expect(await described(page)).toMatch(/^tests: 50 ms, 100 %/)
    await page.locator('.operations button', { hasText: 'Undo' }).click()
    expect(await page.evaluate(() => location.hash)).toBe('#flame')
    // By keyboard: all › tests › cart.test.js › cart › adds up › total › add.
    for (let row = 0; row < 6; row++) await graph.press('ArrowDown')
    expect(await described(page)).toMatch(/^add · lodash/)
    await graph.press('Shift+F10')
    await menu.locator('[role="menuitem"]:focus').waitFor()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.locator('.operations', { hasText: 'Merged into callers: lodash' }).waitFor()
    for (let row = 0; row < 8; row++) await graph.press('ArrowDown')
    expect(await described(page)).toMatch(/^total \(.*: 60 ms, 60 %, itself 60 ms/)
    await page.goBack()
    expect(await page.locator('.operations').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('Escape closes the menu and returns to the graph', async () => {
    const { page } = await openPage(newPage, path, { hash: '#flame' })
    await page.locator('.flame canvas').click({ button: 'right', position: await placeOf(page, 6, 0.1) })
    await page.keyboard.press('Escape')
    expect(await page.locator('[role="menu"]').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('application')
  })

  test('a minimap shows which part is zoomed, and moves it', async () => {
    const { page } = await openPage(newPage, path, { hash: '#flame' })
    expect(await page.locator('.minimap').count()).toBe(0)
    const graph = page.locator('[role="application"]')
    for (let time = 0; time < 4; time++) await graph.press('+')
    const part = page.locator('.minimap i')
    const before = await part.boundingBox()
    const whole = await page.locator('.minimap').boundingBox()
    expect(before?.width).toBeLessThan((whole?.width ?? 0) / 2)
    await page.locator('.minimap').click({ position: { x: (whole?.width ?? 0) - 5, y: 10 } })
    await nextFrame(page)
    expect((await part.boundingBox())?.x).toBeGreaterThan(before?.x ?? Number.POSITIVE_INFINITY)
  })
})
