// Names from test code are shown as text everywhere in report.html, and never as markup.

import { expect, test } from '@jest/globals'
import { budgetReport, excess } from '../../support/budgets.js'
import { drawnRun } from '../../support/drawn-run.js'
import { findingOf } from '../../support/finding.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { describeInChromium } from '../support/chromium.js'
import { goTo, linksOf, openPage, VIEWS, writePage } from './report-page.js'

/** A link to an editor, with everything in it encoded that ends an attribute or a part of the URL. */
const EDITED =
  /^(?:(?:vscode|cursor|zed):\/\/file\/|webstorm:\/\/open\?file=)[\w%./'()*!~-]+(?::\d+|&line=\d+)?$/

describeInChromium('report.html with hostile names', newPage => {
  const EVIL = [
    '</script><script>window.pwned="yes"</script>',
    '<img src=x onerror="window.pwned=\'yes\'">',
    'javascript:window.pwned="yes"',
    'a\u0000\u0007\u001b[31m\u202Eb\u2028c\ud800',
    '"><svg onload=alert(1)>',
  ]
  const path = () => {
    const recording = resolvedFromText('0    1000\nA    idle\nB', {
      header: {
        wallMicros: 9000,
        testPath: `/project/${EVIL.join('')}.test.js`,
        project: EVIL.join(''),
      },
      tests: EVIL.map((name, index) =>
        span({ index, name: [name, name], start: index * 1000, end: index * 1000 + 900 }),
      ),
    })
    const hostile = {
      ...recording,
      frames: recording.frames.map(frame => ({
        ...frame,
        name: EVIL.join(''),
        file: `/project/${EVIL.join('')}.js`,
        package: EVIL[1],
      })),
    }
    const { profile, report } = drawnRun([hostile])
    const findings = [
      findingOf({
        id: EVIL[0] ?? '',
        title: EVIL.join(' '),
        evidence: EVIL.join(' '),
        remedy: EVIL.join(' '),
        files: [EVIL.join('')],
        patch: EVIL.join('\n'),
        position: { file: EVIL.join(''), line: 1, column: 1 },
      }),
    ]
    const missing = [{ file: EVIL.join(''), reason: EVIL.join(''), remedy: EVIL.join('') }]
    const budgets = [
      budgetReport({
        ...{ exceeded: 1, notes: [EVIL.join('')] },
        excesses: [
          excess({
            ...{ file: EVIL.join(''), project: EVIL.join(''), module: EVIL.join('') },
            test: { index: 0, attempt: 1, name: EVIL, fullName: EVIL.join(' ') },
            cause: { text: EVIL.join(''), file: EVIL.join(''), line: 1, column: 1, ms: 2 },
          }),
        ],
      }),
    ]
    const run = { ...report.run, command: EVIL.join(' '), cpuModel: EVIL.join(' ') }
    return writePage(
      { profile, report: { ...report, run, budgets, findings, missing } },
      { [`${EVIL.join('')}.js`]: EVIL.join('\n') },
    )
  }

  test('names with markup are shown as text in every view, and none of it runs', async () => {
    const { page, complaints } = await openPage(newPage, path())
    const links = await linksOf(page)
    for (const view of [...VIEWS, ...links]) {
      await goTo(page, view)
      const foreign = await page.evaluate(
        () => document.querySelectorAll('img, iframe, script[src], svg[onload], object, embed').length,
      )
      expect([view, foreign]).toEqual([view, 0])
      const targets = await page
        .locator('a')
        .evaluateAll(elements => elements.map(element => element.getAttribute('href') ?? ''))
      expect(targets.filter(target => !target.startsWith('#') && !EDITED.test(target))).toEqual([])
    }
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(await page.title()).toMatch(/ · Test profile of project$/)
    expect(complaints).toEqual([])
    await goTo(page, '#tests')
    expect(await page.locator('tbody').innerText()).toContain('<img src=x onerror=')
    await page.close()
  })
})
