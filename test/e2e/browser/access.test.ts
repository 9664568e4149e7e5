// Accessibility of report.html: screen readers, both themes, phones, paper.

import { beforeAll, expect, test } from '@jest/globals'
import { describeInChromium } from '../support/chromium.js'
import { violations } from './axe.js'
import { recordedPage } from './recorded-page.js'
import { expectNoSidewaysScroll, goTo, linksOf, openPage, VIEWS } from './report-page.js'

describeInChromium('the accessibility of report.html', newPage => {
  let path: string

  beforeAll(async () => {
    path = await recordedPage()
  })

  test.each(['light', 'dark'] as const)('axe finds no violations in any view, %s', async colorScheme => {
    const { page } = await openPage(newPage, path, { colorScheme })
    const links = await linksOf(page)
    const details = ['#test', '#file', '#function', '#source'].flatMap(
      kind => links.find(link => link.startsWith(`${kind}?`)) ?? [],
    )
    expect(details).toHaveLength(4)
    for (const view of [...VIEWS, ...details]) {
      await goTo(page, view)
      expect([view, await violations(page)]).toEqual([view, []])
    }
    await page.close()
  })

  test('the dark theme has a dark background', async () => {
    const brightness = async (colorScheme: 'light' | 'dark') => {
      const { page } = await openPage(newPage, path, { colorScheme })
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      await page.close()
      return Math.max(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number))
    }
    expect(await brightness('dark')).toBeLessThan(60)
    expect(await brightness('light')).toBeGreaterThan(230)
  })

  test('nothing is cut off on a phone', async () => {
    const { page } = await openPage(newPage, path, { width: 390, height: 844 })
    const links = await linksOf(page)
    const details = ['#test', '#file', '#function', '#source'].flatMap(
      kind => links.find(link => link.startsWith(`${kind}?`)) ?? [],
    )
    for (const view of [...VIEWS, ...details]) {
      await goTo(page, view)
      await expectNoSidewaysScroll(page)
    }
    await page.close()
  })

  test('prints figures without controls', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('tbody tr').first().isVisible()).toBe(true)
    await page.close()
  })
})
