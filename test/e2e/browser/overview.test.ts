// The first screen of report.html: the bar of the command, caveats, and what can be done with a finding.

import { beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { drawnRun } from '../../support/drawn-run.js'
import { findingOf } from '../../support/finding.js'
import { describeInChromium } from '../support/chromium.js'
import { expectNoSidewaysScroll, openPage, writePage } from './report-page.js'

/** Texts that the page copies are kept in the document instead. */
async function keepCopies(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    navigator.clipboard.writeText = async text => {
      document.body.dataset.copied = text
    }
  })
  return () => page.evaluate(() => document.body.dataset.copied ?? '')
}

describeInChromium('the first screen of report.html', newPage => {
  let path: string

  beforeAll(() => {
    const { profile, report } = drawnRun()
    const finding = findingOf({
      title: 'A loop polls in `cart`',
      patch: "jest.useFakeTimers()\nimport 'x'",
      files: ['cart.test.js'],
      position: { file: 'cart.test.js', line: 1, column: 1 },
    })
    path = writePage({
      profile,
      report: {
        ...report,
        command: {
          wallMs: 200,
          startUp: { wallMs: 60, fileMapMs: 20, findTestsMs: null, globalSetupMs: 30 },
          running: { wallMs: 100 },
          after: {
            ...{ wallMs: 40, coverageMs: null, reportersMs: 25, reporters: [], profilerMs: 10 },
            ...{ globalTeardownMs: null, exitMs: null },
          },
        },
        caveats: ['CPU contention: threads had no core for 90 ms: wall times are too long'],
        findings: [finding, findingOf({ id: 'long-pole', title: 'Another', files: [] })],
      },
    })
  })

  test.each([1280, 390])('shows the whole command in one bar, %d pixels wide', async width => {
    const { page, complaints } = await openPage(newPage, path, { width })
    const bar = page.locator('.command [role="img"]')
    expect(await bar.getAttribute('aria-label')).toMatch(/^startup 60 ms, 30 %; .*after tests 40 ms, 20 %$/)
    const [whole, ...parts] = await Promise.all(
      [bar, ...(await bar.locator('> i').all())].map(part => part.boundingBox()),
    )
    const filled = parts.reduce((sum, box) => sum + (box?.width ?? 0), 0)
    expect(filled / (whole?.width ?? 0)).toBeCloseTo(1, 1)
    // The legend names parts that are too narrow for a label.
    expect(await page.locator('.command li').count()).toBe(parts.length)
    await expectNoSidewaysScroll(page)
    expect(complaints).toEqual([])
  })

  test('names what disturbs the figures before the findings', async () => {
    const { page } = await openPage(newPage, path)
    const trust = page.locator('.trust')
    expect(await trust.innerText()).toBe('Before you trust this: CPU contention')
    const [line, findings] = await Promise.all(
      [trust, page.locator('.findings')].map(part => part.boundingBox()),
    )
    expect(line?.y).toBeLessThan(findings?.y ?? 0)
    await trust.locator('summary').click()
    expect(await trust.innerText()).toContain('wall times are too long')
  })

  test('copies the code of a finding, and all of it for an agent', async () => {
    const { page } = await openPage(newPage, path)
    const copied = await keepCopies(page)
    const finding = page.locator('.findings > ol > li').first()
    await finding.locator('button', { hasText: 'Copy for agent' }).click()
    await finding.locator('text=Copied').waitFor()
    expect(await copied()).toMatch(/^# A loop polls in `cart`\n[\s\S]*npx jest-profiler diff latest~1 latest/)
    await finding.locator('summary').click()
    expect(await finding.locator('.tests a').innerText()).toBe('cart.test.js')
    await finding.locator('.patch button').click()
    await page.waitForFunction(() => document.body.dataset.copied?.startsWith('jest.'))
    expect(await copied()).toBe("jest.useFakeTimers()\nimport 'x'")
  })

  test('the timeline points out the test files of a finding', async () => {
    const { page } = await openPage(newPage, path)
    const finding = page.locator('.findings > ol > li').first()
    const lit = () => page.locator('.timeline a.lit title').allTextContents()
    expect(await lit()).toEqual([])
    await finding.hover()
    expect(await lit()).toEqual([expect.stringContaining('cart.test.js')])
    expect(await page.locator('.timeline a.unlit').count()).toBe(1)
    await page.mouse.move(5, 5)
    expect(await lit()).toEqual([])
    await finding.locator('summary').click()
    await finding.locator('a', { hasText: 'Show in the timeline' }).click()
    await page.mouse.move(5, 5)
    await page.locator('h1').click()
    // As long as the link names the finding.
    expect(await lit()).toEqual([expect.stringContaining('cart.test.js')])
    expect(await page.locator('.timeline a.unlit').count()).toBe(1)
  })

  test('workers without a test file are drawn as gaps', async () => {
    const { page } = await openPage(newPage, path)
    const gaps = await page.locator('.timeline .gap title').allTextContents()
    expect(gaps).toContainEqual(expect.stringMatching(/^worker 2 had no test file for .*: no file left$/))
  })
})
