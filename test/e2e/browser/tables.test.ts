// Tables of report.html on paper and as Markdown, very long names, and projects that share paths.

import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { drawnRun } from '../../support/drawn-run.js'
import { largeRun } from '../../support/large-run.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { describeInChromium } from '../support/chromium.js'
import { expectNoSidewaysScroll, goTo, openPage, VIEWS, writePage } from './report-page.js'

/** The size of A4 between the default margins of browsers. */
const PAPER = { width: 718, height: 1000 }

async function copied(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async text => {
      document.body.dataset.copied = text
    }
  })
  await page.locator('button', { hasText: 'Copy as Markdown' }).click()
  await page.waitForSelector('text=Copied')
  return (await page.evaluate(() => document.body.dataset.copied ?? '')).split('\n')
}

describeInChromium('report.html of 600 tests', newPage => {
  let path: string

  beforeAll(() => {
    const shape = { files: 60, testsOfEach: 10, samplesOfEach: 20, stacksOfEach: 20, workers: 2 }
    path = writePage(drawnRun(largeRun(shape)))
  })

  test('a copied table has units and says which rows it contains', async () => {
    const { page } = await openPage(newPage, path, { hash: '#tests' })
    const [, , first = '', ...rest] = await copied(page)
    expect(first).toMatch(/\| 16 ms \|/)
    expect(rest.slice(-2)).toEqual(['', 'the first 100 of 600 rows'])
    await goTo(page, '#files')
    expect((await copied(page))[2]).toMatch(/\| 200 ms \|/)
  })

  test('a printed table has every column, and says when there are more rows', async () => {
    const { page } = await openPage(newPage, path, PAPER)
    await page.emulateMedia({ media: 'print' })
    for (const view of VIEWS) {
      await goTo(page, view)
      await expectNoSidewaysScroll(page)
      const cut = await page.evaluate(
        () =>
          [...document.querySelectorAll('.scroll')].filter(
            ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
          ).length,
      )
      expect([view, cut]).toEqual([view, 0])
    }
    await goTo(page, '#tests')
    for (const head of await page.locator('thead th').all()) expect(await head.isVisible()).toBe(true)
    expect(await page.locator('.count').innerText()).toBe('the first 100 of 600 rows')
  })

  test('printing uses the light theme', async () => {
    const colours = async (colorScheme: 'light' | 'dark') => {
      const { page } = await openPage(newPage, path, { colorScheme })
      await page.emulateMedia({ media: 'print' })
      return page.evaluate(() => {
        const style = getComputedStyle(document.documentElement)
        const names = ['paper', 'ink', 'good', 'bad', 'hot', 'gc', 'blocked', 'waiting', 'hatch', 'accent']
        return names.map(name => style.getPropertyValue(`--${name}`))
      })
    }
    expect(await colours('dark')).toEqual(await colours('light'))
  })
})

describeInChromium('report.html of unusual files', newPage => {
  const recordingOf = (testPath: string, projectId: string) =>
    resolvedFromText('0 1000\nA A', {
      header: { wallMicros: 9000, testPath, projectId },
      tests: [span({ index: 0, start: 0, end: 900, status: 'failed' })],
    })

  test('a path of 300 letters is wrapped', async () => {
    const path = writePage(drawnRun([recordingOf(`/project/${'x'.repeat(300)}.test.js`, 'p')]))
    for (const width of [390, 1280]) {
      const { page } = await openPage(newPage, path, { width })
      await expectNoSidewaysScroll(page)
    }
  })

  test('red outlines are explained when there are any', async () => {
    const { profile, report } = drawnRun([recordingOf('/project/a.test.js', 'p')])
    const files = report.files.map(file => ({ ...file, status: 'failed' as const }))
    const { page } = await openPage(newPage, writePage({ profile, report: { ...report, files } }))
    const legend = page.locator('.timeline .legend')
    const isOutlined = (await page.locator('.outline.failed').count()) > 0
    expect([isOutlined, await legend.innerText()]).toEqual([true, expect.stringContaining('failed')])
  })

  test('files of one path in two projects are distinguished', async () => {
    const { profile, report } = drawnRun([
      recordingOf('/project/a.test.js', '0123abcd'),
      recordingOf('/project/a.test.js', '4567ef01'),
    ])
    const [recorded, other] = report.files
    if (recorded === undefined || other === undefined) throw new Error('two files were drawn')
    const files = [recorded, { ...other, recording: null }]
    const missing = [{ file: 'a.test.js', reason: 'it was left out', remedy: 'Let it in.' }]
    const path = writePage({ profile, report: { ...report, files, missing } })
    const { page } = await openPage(newPage, path, {
      hash: `#file?file=a.test.js&project=${other.projectId}`,
    })
    expect(await page.locator('.warning').innerText()).toContain('it was left out')
    await goTo(page, `#file?file=a.test.js&project=${recorded.projectId}`)
    expect(await page.locator('.warning').count()).toBe(0)
    await goTo(page, '#flame')
    const options = await page.locator('.choice-field option').allInnerTexts()
    expect(options).toEqual(expect.arrayContaining(['project 1', 'project 2', 'a.test.js (project 2)']))
    expect(options.join()).not.toContain('0123abcd')
  })
})
