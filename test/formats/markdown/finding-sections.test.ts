import { describe, expect, test } from '@jest/globals'
import { changeSections } from '../../../src/formats/markdown/finding-sections.js'
import type { Finding, Report } from '../../../src/report/report.js'
import { importReport } from '../../support/account-rows.js'
import { fewTestsReport, largeReport, ordinaryReport } from '../../support/drawn-reports.js'
import { findingOf } from '../../support/finding.js'

/** The text of the section of one finding. */
function sectionOf(finding: Partial<Finding>, report: Partial<Report> = {}): string {
  const [, section = ''] = changeSections(
    { ...ordinaryReport(), ...report, findings: [findingOf(finding)] },
    10,
  )
  return section
}

describe('What to change', () => {
  test('has a numbered section for each finding, and says what all of them save', () => {
    const findings = [findingOf({ title: 'A `loop` polls' }), findingOf({ title: 'B *b*' }), findingOf()]
    const report = { ...ordinaryReport(), findings, savesWallMs: { low: 700, high: 900 } }
    const [lead, ...sections] = changeSections(report, 2)
    expect(lead).toBe(
      "## What to change\n\nAll together 700–900 ms of the command's 1.00 s.\n\n1 smaller finding in report.json.",
    )
    expect(sections.map(section => section.split('\n')[0])).toEqual([
      '### 1. A `loop` polls',
      '### 2. B \\*b\\*',
    ])
  })

  test('says what a finding saves and costs, or only what it costs', () => {
    expect(sectionOf({})).toContain(
      '- **Saves:** 600–900 ms of the command’s wall time (it costs 1.20 s in all test files together)\n',
    )
    expect(sectionOf({ savesWallMs: null, confidence: 'medium', files: [], fileCount: 0 })).toContain(
      '- **Saves:** unknown; it costs up to 1.20 s\n',
    )
  })

  test('names at most ten affected files', () => {
    const files = Array.from({ length: 100 }, (_, index) => `test/${index}.test.ts`)
    const text = sectionOf({ files, fileCount: 1234 })
    expect(text).toContain('- **Affected files:** 1,234: `test/0.test.ts`, ')
    expect(text).toContain('`test/9.test.ts` and 1,224 more\n')
    expect(text).not.toContain('test/10.test.ts')
  })

  test('has the patch in a block of code that its text cannot end, and limits its lines', () => {
    const patch = 'const a = `x`\n```\n# no heading\u001b[31m\n'
    expect(sectionOf({ patch })).toContain(
      'To paste:\n\n````js\nconst a = `x`\n```\n# no heading\n````\n\nTo verify:',
    )
    const long = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')
    const text = sectionOf({ patch: long })
    expect(text).toContain('line 59\n```\n\nThe whole of it is in report.json.')
    expect(text).not.toContain('line 60')
  })
})

describe('The commands to verify a finding', () => {
  const whole = { files: ['test/elsewhere.test.ts'], fileCount: 50 }
  const commandsOf = (finding: Partial<Finding>, report: Partial<Report> = {}) =>
    /```sh\n([\s\S]*?)\n```/.exec(sectionOf(finding, report))?.[1]?.split('\n')

  test('run everything again after the change, with the arguments of the run', () => {
    const { run } = ordinaryReport()
    expect(commandsOf(whole, { run: { ...run, command: 'jest --coverage -w 2' } })).toEqual([
      'npx jest-profiler --coverage -w 2   # after the change',
      'npx jest-profiler diff latest~1 latest',
    ])
  })

  test('run everything before the change, too, if the values of the run are not to be trusted', () => {
    const commands = commandsOf(whole, { caveats: ['the cache was cold'] })
    expect(commands?.[0]).toBe('npx jest-profiler   # before the change, and again after it')
  })

  test('run only the files of the finding if they are few', () => {
    const commands = commandsOf({ files: ['test/api.test.ts'], fileCount: 1 })
    expect(commands?.[0]).toBe(
      'npx jest-profiler --runTestsByPath test/api.test.ts   # before the change, and again after it',
    )
  })
})

describe('The largest costs', () => {
  const imports = [importReport({ module: 'src/b.ts', savedMs: 5000 })]
  const COSTS =
    /### Largest costs\n\nThey may overlap\.\n\n(?:- .*\n)*- \*\*5\.00 s:\*\* `src\/b\.ts`: importing it in 1 test file/

  test('are listed with their places if no rule found anything', () => {
    const text = changeSections({ ...largeReport(), imports, findings: [] }, 10).join('\n\n')
    expect(text).toMatch(/^## What to change\n\nNo rule found what to change\.\n/)
    expect(text).toMatch(COSTS)
  })

  test('follow findings that save little', () => {
    const report = { ...largeReport(), imports, findings: [findingOf()], savesWallMs: { low: 0, high: 0 } }
    const text = changeSections(report, 10).join('\n\n')
    expect(text).toMatch(/^## What to change\n\n### 1\. A loop polls\n/)
    expect(text).toMatch(COSTS)
  })

  test('are left out where each test has a breakdown', () => {
    expect(changeSections(fewTestsReport(), 10)).toEqual([
      '## What to change\n\nNo rule found what to change.',
    ])
  })
})
