// report.html of a real run in a real browser: the first screen, every view, links, search, tables, flame graphs.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { VIEWS as VIEW_NAMES } from '../../../src/page/routes.js'
import { docsUrl, FINDING_RULES } from '../../../src/report/finding-rules.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { describeInChromium } from '../support/chromium.js'
import { recordedPage } from './recorded-page.js'
import { goTo, headingOf, linksOf, nextFrame, openPage, VIEWS } from './report-page.js'

/** The visible text of the document. */
const textOf = (page: Page) => page.locator('body').innerText()

describeInChromium('report.html', newPage => {
  let path: string

  beforeAll(async () => {
    path = await recordedPage()
  })

  test('the first screen shows where the time went and what to look at, without any request', async () => {
    const { page, complaints } = await openPage(newPage, path)
    const text = await textOf(page)
    for (const title of [
      'Where the time went',
      'What to change',
      'Workers',
      'Hot functions',
      'Slowest tests',
      'Most expensive imports',
      'Waits',
    ])
      expect(text).toContain(title)
    expect(text).toMatch(/Of the test files’ [\d.]+ m?s, \d+ % went to/)
    const answer = await page.locator('.verdict').boundingBox()
    expect((answer?.y ?? 0) + (answer?.height ?? 0)).toBeLessThan(400)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a finding links to the entry that explains its rule', async () => {
    const { page } = await openPage(newPage, path)
    const finding = page.locator('.findings li').first()
    await finding.locator('summary').click()
    const link = finding.locator('details a[target="_blank"]')
    const rule = (await link.innerText()).replace('About ', '')
    expect(await link.getAttribute('href')).toBe(docsUrl(rule))
    expect(FINDING_RULES).toContain(rule)
    await page.close()
  })

  test('every link in every view has a target, and there are no errors', async () => {
    const { page, complaints } = await openPage(newPage, path)
    const seen = new Set<string>()
    const pending = [...VIEWS]
    // Links of the pages that tables link to are followed as well, up to a limit for each kind.
    const ofKind = new Map<string, number>()
    for (let link = pending.pop(); link !== undefined; link = pending.pop()) {
      const kind = link.replace(/[?].*/, '')
      if (seen.has(link) || (ofKind.get(kind) ?? 0) > 12) continue
      seen.add(link)
      ofKind.set(kind, (ofKind.get(kind) ?? 0) + 1)
      await goTo(page, link)
      const heading =
        link === '#overview' ? await page.locator('.verdict').innerText() : await headingOf(page)
      expect([link, heading]).not.toEqual([link, ''])
      expect([link, heading]).not.toEqual([link, 'Not in this run'])
      pending.push(...(await linksOf(page)))
    }
    // A suite this small may have no packages; memory needs a run with the option, see below.
    for (const view of VIEW_NAMES)
      if (view !== 'packages' && view !== 'memory') expect([...ofKind.keys()]).toContain(`#${view}`)
    expect([...ofKind.keys()]).not.toContain('#memory')
    expect(ofKind.get('#source')).toBeGreaterThan(5)
    expect(ofKind.get('#test')).toBeGreaterThan(5)
    expect(ofKind.get('#function')).toBeGreaterThan(5)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a link shows the same view in another window, and the back button restores the previous view', async () => {
    const { page } = await openPage(newPage, path)
    await page.locator('nav a', { hasText: 'Tests' }).click()
    await page.locator('th button', { hasText: 'CPU' }).click()
    const link = await page.evaluate(() => location.hash)
    expect(link).toBe('#tests?sort=-cpuMs')
    const rows = await page.locator('tbody tr').allInnerTexts()
    const other = await openPage(newPage, path, { hash: link })
    expect(await other.page.locator('tbody tr').allInnerTexts()).toEqual(rows)
    await other.page.close()
    await page.goBack()
    expect(await page.evaluate(() => location.hash)).toBe('#tests')
    await page.goBack()
    await page.waitForSelector('.verdict')
    await page.close()
  })

  test('tables can be sorted and filtered, and show the current order and filter', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests' })
    const walls = page.locator('th', { hasText: 'Wall' })
    expect(await walls.getAttribute('aria-sort')).toBe('descending')
    await walls.locator('button').click()
    expect(await walls.getAttribute('aria-sort')).toBe('ascending')
    await page.locator('input[type="search"]').fill('sleeps in a row')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length < 5)
    expect(await page.locator('[role="status"]').first().innerText()).toMatch(/^\d of \d+ rows$/)
    expect(await page.evaluate(() => location.hash)).toContain('q=sleeps+in+a+row')
    // Typing adds no step for the back button.
    await page.goBack()
    expect(await page.evaluate(() => location.hash)).toBe('#tests')
    await page.close()
  })

  test('a table is copied as Markdown', async () => {
    const { page } = await openPage(newPage, path, { hash: '#hooks' })
    await page.evaluate(() => {
      navigator.clipboard.writeText = async text => {
        document.body.dataset.copied = text
      }
    })
    await page.locator('button', { hasText: 'Copy as Markdown' }).click()
    await page.waitForSelector('text=Copied')
    const [head = '', line = '', ...rows] = (
      await page.evaluate(() => document.body.dataset.copied ?? '')
    ).split('\n')
    expect(head).toMatch(/^\| Hook \| Wall \| CPU \|.* Runs \|.* Where \|/)
    expect(line).toMatch(/^\| --- \| ---: \| ---: \|/)
    expect(rows.some(row => row.includes('test/hooks.test.js'))).toBe(true)
    await page.close()
  })

  test('the flame graph can be searched, zoomed and left by keyboard', async () => {
    const { page, complaints } = await openPage(newPage, path, { hash: '#flame?value=time' })
    const graph = page.locator('[role="application"]')
    await graph.focus()
    await page.keyboard.press('ArrowDown')
    const described = page.locator('.described')
    expect(await described.innerText()).toMatch(/: [\d.]+ m?s, \d+ %/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => location.hash)).toMatch(/zoom=\d+/)
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => location.hash)).not.toContain('zoom')
    await page.locator('label.filter input').fill('burn')
    await page.waitForSelector('text=/“burn”: [\\d.]+ m?s/')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a click zooms to the call under the mouse, and its function is one click away', async () => {
    const { page } = await openPage(newPage, path, { hash: '#flame?value=time' })
    const canvas = page.locator('canvas')
    await canvas.hover({ position: { x: 60, y: 30 } })
    const hovered = await page.locator('.tooltip').innerText()
    await canvas.click({ position: { x: 60, y: 30 } })
    expect(await page.locator('.described').innerText()).toBe(hovered)
    expect(await page.evaluate(() => location.hash)).toMatch(/zoom=\d+/)
    await page.locator('button', { hasText: 'Reset zoom' }).click()
    expect(await page.evaluate(() => location.hash)).not.toContain('zoom')
    await page.close()
  })

  test('the flame graph of a file, of a test and in chronological order can be selected', async () => {
    const { page } = await openPage(newPage, path, { hash: '#flame' })
    expect(await page.locator('label', { hasText: 'Chronological' }).locator('input').isDisabled()).toBe(true)
    await page
      .locator('label', { hasText: 'Test file' })
      .locator('select')
      .selectOption({ label: 'test/lazy.test.js' })
    await page.locator('label', { hasText: 'Chronological' }).locator('input').check()
    expect(await page.evaluate(() => location.hash)).toMatch(/file=test%2Flazy.test.js.*mode=time/)
    const tests = page.locator('.choice-field', { hasText: /^Test(?! file)/ }).locator('select')
    await tests.selectOption({ index: 1 })
    await nextFrame(page)
    expect(await page.locator('canvas').count()).toBe(1)
    await page.close()
  })

  test('a function shows its callers, its lines and its time by test', async () => {
    const { page } = await openPage(newPage, path, { hash: '#functions?category=source' })
    await page.locator('tbody a.name').first().click()
    for (const title of ['Called by', 'Calls', 'Time by test', 'Self time by line'])
      await page.waitForSelector(`h2:has-text("${title}")`)
    expect(await page.locator('.source td.number').filter({ hasText: /\d/ }).count()).toBeGreaterThan(0)
    await page.close()
  })

  test('a test shows the command that runs it alone', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests?q=lazy' })
    await page.locator('tbody a.name').first().click()
    expect(await page.locator('.rerun code').innerText()).toMatch(
      /^npx jest-profiler --runTestsByPath test\/lazy\.test\.js -t '\^/,
    )
    await page.close()
  })

  test('a page that was not transferred completely says so', async () => {
    const html = readFileSync(path, 'utf8')
    const cut = join(temporaryFolder(), 'report.html')
    writeFileSync(cut, html.replace(/(id="report">.{200})[^<]*/, '$1'))
    const page = await newPage()
    await page.goto(`file://${cut}`)
    expect(await page.locator('[role="alert"]').innerText()).toMatch(/cannot be shown.*incomplete/)
    await page.close()
  })
})
