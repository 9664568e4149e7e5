// The page of a comparison in a browser.

import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Frame } from '../../../src/profile/profile.js'
import {
  hostileComparison,
  ordinaryComparison,
  unchangedComparison,
} from '../../formats/comparison/comparisons.js'
import { drawnComparison } from '../../support/drawn-comparison.js'
import { HOSTILE } from '../../support/drawn-reports.js'
import { describeInChromium } from '../support/chromium.js'
import { violations } from './axe.js'
import { expectNoSidewaysScroll, goTo, headingOf, openPage, writeComparison } from './report-page.js'

const COMPARISON_VIEWS = [
  '#summary',
  '#flame',
  '#flame?value=time&libraries=open&q=B&zoom=1',
  '#functions',
  '#tests',
  '#tests?measure=cpu&show=slower',
  '#files',
  '#modules',
  '#packages',
  '#hooks',
  '#phases',
  '#sides',
]

const BASE = `
  t0  t0  t0  t0       t0
  A   A   A   vanished idle
  B   B   C
`
const HEAD = `
  t0  t0  t0  t0     t0
  A   A   A   fresh  idle
  B   C   C
`

const { calls } = drawnComparison({ base: { text: BASE }, head: { text: HEAD } })

/** The description of the node that keyboard navigation in one flame graph leads to. */
async function descriptionAt(page: Page, side: 'Base' | 'Head', keys: readonly string[]): Promise<string> {
  const drawing = page.getByRole('region', { name: side, exact: true })
  await drawing.getByRole('application').focus()
  for (const key of keys) await page.keyboard.press(key)
  return (await drawing.locator('.described').textContent()) ?? ''
}

describeInChromium('the page of a comparison', newPage => {
  const ordinary = () => writeComparison(ordinaryComparison({ runs: 10 }), calls)

  test('the first screen shows environment differences, then the result', async () => {
    const { page, complaints } = await openPage(newPage, ordinary())
    const text = await page.locator('main').innerText()
    const order = [
      'Node: v22.0.0 in base, v24.0.0 in head',
      'The command took ',
      'base 10 runs · head 10 runs',
      'Method',
      'Slower',
      'adds every tax',
    ].map(part => text.indexOf(part))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order[0]).toBeGreaterThanOrEqual(0)
    expect(await headingOf(page)).toMatch(/\(proven\)/)
    // The method is shown on request.
    expect(text).not.toContain('Holm correction')
    await page.getByText('Method', { exact: true }).click()
    expect(await page.locator('main').innerText()).toContain('Holm correction')
    expect(await page.getByText('cart › adds up').count()).toBe(1)
    const first = await page.locator('.changes li').first().boundingBox()
    expect((first?.y ?? 900) + (first?.height ?? 0)).toBeLessThan(900)
    expect(complaints).toEqual([])
  })

  test('claims nothing when no change is significant', async () => {
    const { page } = await openPage(newPage, writeComparison(unchangedComparison(), calls))
    expect(await headingOf(page)).toContain('No significant change (0 of ')
    expect(await page.getByRole('heading', { name: 'Slower', level: 2 }).count()).toBe(0)
    await goTo(page, '#functions?show=changed')
    expect(await page.locator('main').innerText()).toContain('No significant changes.')
    const single = await openPage(newPage, writeComparison(ordinaryComparison({ runs: 1 }), calls))
    expect(await headingOf(single.page)).toContain(
      'Inconclusive: one run per side cannot separate change from noise.',
    )
  })

  test('a link to a filtered table shows the same rows', async () => {
    const { page } = await openPage(newPage, ordinary(), { hash: '#tests?measure=cpu&show=slower&q=tax' })
    const rows = page.locator('tbody tr')
    expect(await rows.count()).toBe(1)
    expect(await rows.first().innerText()).toContain('was cart › adds taxes')
    await goTo(page, '#sides')
    expect(await page.locator('main').innerText()).toMatch(/added\s+test\/new.test.ts/)
  })

  test('removed functions are in the flame graph of base, and new ones in that of head', async () => {
    const { page, complaints } = await openPage(newPage, ordinary(), { hash: '#flame' })
    expect(await descriptionAt(page, 'Base', ['ArrowDown', 'ArrowRight'])).toBe(
      'vanished (src/vanished.js:1:1): base 102 ms → head 0 ms, not in head: −102 ms (−100 %)',
    )
    await page.reload()
    await page.waitForSelector('html[data-ready]')
    expect(await descriptionAt(page, 'Head', ['ArrowDown', 'ArrowRight'])).toBe(
      'fresh (src/fresh.js:1:1): base 0 ms → head 102 ms, new in head: +102 ms',
    )
    expect(complaints).toEqual([])
  })

  test('a call that is selected in one flame graph is marked in the other', async () => {
    const { page } = await openPage(newPage, ordinary(), { hash: '#flame' })
    const head = page.getByRole('region', { name: 'Head', exact: true }).locator('canvas')
    const before = await head.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    await descriptionAt(page, 'Base', ['ArrowDown'])
    const marked = await head.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    expect(marked).not.toBe(before)
    expect(await page.locator('div.node').innerText()).toContain(
      'A (src/A.js:1:1): base 306 ms → head 306 ms',
    )
    await descriptionAt(page, 'Base', ['ArrowRight'])
    expect(await head.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())).toBe(before)
  })

  test('zooming one flame graph zooms both, and the link restores it', async () => {
    const path = ordinary()
    const { page } = await openPage(newPage, path, { hash: '#flame' })
    await descriptionAt(page, 'Base', ['ArrowDown', 'ArrowDown', 'Enter'])
    await page.waitForFunction(() => location.hash.includes('zoom='))
    const described = await page.locator('div.node p').innerText()
    expect(described).toMatch(/^B \(src\/B.js:1:1\): base 204 ms → head 102 ms/)
    const hash = await page.evaluate(() => location.hash)
    const again = await openPage(newPage, path, { hash })
    expect(await again.page.locator('div.node p').innerText()).toBe(described)
    await descriptionAt(again.page, 'Head', ['Escape'])
    await again.page.waitForFunction(() => !location.hash.includes('zoom='))
    expect(await again.page.locator('div.node').innerText()).toContain('No call selected.')
  })

  test.each(['light', 'dark'] as const)('axe finds no violations in any view, %s', async colorScheme => {
    const { page } = await openPage(newPage, ordinary(), { colorScheme })
    for (const view of COMPARISON_VIEWS) {
      await goTo(page, view)
      expect([view, await violations(page)]).toEqual([view, []])
    }
  })

  test.each([390, 1280])('nothing is cut off at a width of %i', async width => {
    const { page } = await openPage(newPage, ordinary(), { width, height: 844 })
    for (const view of COMPARISON_VIEWS) {
      await goTo(page, view)
      await expectNoSidewaysScroll(page)
    }
  })

  test('names with markup are shown as text, and none of it runs', async () => {
    const frame = (drawn: Frame): Frame => ({
      ...drawn,
      name: HOSTILE + drawn.name,
      file: `/project/${HOSTILE}${drawn.name}.js`,
    })
    const hostile = drawnComparison({ base: { text: BASE, frame }, head: { text: HEAD, frame } })
    const path = writeComparison(hostileComparison(), hostile.calls, HOSTILE)
    const { page, complaints } = await openPage(newPage, path, { width: 390 })
    for (const view of COMPARISON_VIEWS) {
      await goTo(page, view)
      const foreign = await page.evaluate(
        () => document.querySelectorAll('img, iframe, script[src], svg[onload], object, embed').length,
      )
      expect([view, foreign]).toEqual([view, 0])
      await expectNoSidewaysScroll(page)
    }
    expect(complaints).toEqual([])
  })
})
