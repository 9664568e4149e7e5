// report.html for everybody: screen readers, both themes, phones, paper.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { describeInChromium } from '../support/chromium.js'
import { createSuite } from '../support/suite.js'
import { expectNoSidewaysScroll, goTo, linksOf, openPage, VIEWS } from './report-page.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const result = await axe.run()
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(' ')}`,
    )
  })
}

describeInChromium('report.html is for everybody:', newPage => {
  let path: string

  beforeAll(async () => {
    const suite = await createSuite('30', { name: 'accounts', title: 'page-access' })
    const finished = await suite.jest(['-w', '2', 'hooks', 'lazy', 'concurrent', 'waits'])
    expect(finished).toMatchObject({ exitCode: 0 })
    path = join(finished.runDirectory, 'report.html')
  })

  test.each(['light', 'dark'] as const)('axe finds nothing wrong in any view, %s', async colorScheme => {
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

  test('dark is dark', async () => {
    const brightness = async (colorScheme: 'light' | 'dark') => {
      const { page } = await openPage(newPage, path, { colorScheme })
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      await page.close()
      return Math.max(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number))
    }
    expect(await brightness('dark')).toBeLessThan(60)
    expect(await brightness('light')).toBeGreaterThan(230)
  })

  test('on a phone nothing is cut off', async () => {
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

  test('on paper there are the figures, and no controls', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('tbody tr').first().isVisible()).toBe(true)
    await page.close()
  })
})
