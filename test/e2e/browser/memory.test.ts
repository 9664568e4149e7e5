// The page's view of memory, which only runs with the option have.

import { expect, test } from '@jest/globals'
import type { MemoryReport } from '../../../src/report/memory-report.js'
import { drawnRun } from '../../support/drawn-run.js'
import { describeInChromium } from '../support/chromium.js'
import { expectNoSidewaysScroll, openPage, writePage } from './report-page.js'

const MEMORY: MemoryReport = {
  allocated: null,
  tests: [],
  allocations: [],
  modules: [],
  growth: [],
  files: [
    {
      path: 'cart.test.js',
      project: '',
      worker: 1,
      heapBeforeBytes: 2e7,
      heapAfterBytes: 5e7,
      sandboxKept: true,
    },
    {
      path: 'order.test.js',
      project: '',
      worker: 2,
      heapBeforeBytes: null,
      heapAfterBytes: null,
      sandboxKept: false,
    },
  ],
  kept: [
    {
      file: 'cart.test.js',
      project: '',
      retainedBytes: 12e6,
      path: ['node:https', 'request', 'request src/tracing.js:3'],
      position: { file: 'src/tracing.js', line: 3, column: 5 },
    },
  ],
  processes: [{ worker: 1, peakBytes: 3e8, collections: 2, collectionMs: 90, snapshotMs: 1500 }],
}

describeInChromium('the memory view of report.html', newPage => {
  test.each([
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ])('has what is never freed first, and the heap of each file, at $width pixels', async size => {
    const { report, ...run } = drawnRun()
    const files = report.files.map((file, index) => {
      const atMs = [file.startedAtMs, file.startedAtMs + file.wallMs]
      return { ...file, heap: { atMs, usedBytes: [3e7, 6e7 + index * 1e7] } }
    })
    const collected = files.map(({ path, project, worker }) => ({
      path,
      project,
      worker: worker ?? 1,
      heapBeforeBytes: null,
      heapAfterBytes: 4e7,
      sandboxKept: false,
    }))
    const memory = { ...MEMORY, files: [...MEMORY.files, ...collected.slice(0, 1)] }
    const path = writePage({ ...run, report: { ...report, files, memory } })
    const { page, complaints } = await openPage(newPage, path, { ...size, hash: '#memory' })
    const chart = page.getByRole('region', { name: 'Heap over the run' })
    expect(await chart.locator('circle').count()).toBe(1)
    expect(await chart.locator('path').count()).toBeGreaterThan(0)
    const [kept, heap] = await page.locator('table').all()
    expect(await kept?.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/node:https › request › request src\/tracing\.js:3[\s\S]*12\.0 MB/),
    ])
    expect(
      (await heap?.locator('tbody tr').allInnerTexts())?.map(text => /freed|never freed/.exec(text)?.[0]),
    ).toEqual(['never freed', 'freed', 'freed'])
    expect(await page.locator('body').innerText()).toContain('worker 1: 300 MB')
    await expectNoSidewaysScroll(page)
    expect(complaints).toEqual([])
  })

  test('is not offered for a run without the option', async () => {
    const { page } = await openPage(newPage, writePage(drawnRun()))
    expect(await page.locator('nav a', { hasText: 'Memory' }).count()).toBe(0)
  })
})
