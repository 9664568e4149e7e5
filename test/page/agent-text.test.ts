import { expect, test } from '@jest/globals'
import { agentText } from '../../src/page/data/agent-text.js'
import { findingOf } from '../support/finding.js'
import { reportOf } from '../support/run-record.js'

const REPORT = reportOf([])

test('agentText is Markdown with all that is needed to act on a finding, and the command to verify it', () => {
  const finding = findingOf({
    patch: "import 'x'\n",
    position: { file: 'src/a.ts', line: 3, column: 5 },
    files: ['test/a.test.ts', 'test/b.test.ts'],
    fileCount: 2,
  })
  const run = { ...REPORT.run, command: 'jest --config jest.ci.js' }
  expect(agentText(finding, { ...REPORT, run })).toBe(
    [
      '# A loop polls',
      'A finding of jest-profiler in project (run 2026-01-31T09-30-00-000Z-1a2b, Jest 30.5.2, Node v22.0.0).',
      [
        '- Costs: 1.20 s of worker time, all test files together',
        "- Saves: 600–900 ms of the command's 1.00 s wall time",
        '- Confidence: high',
        '- Where: `src/a.ts:3:5`',
      ].join('\n'),
      '## Evidence',
      '1.20 s in 3 rounds',
      '## Test files (2, the most expensive first)',
      '- `test/a.test.ts`\n- `test/b.test.ts`',
      '## What to do',
      'Await it.',
      "```\nimport 'x'\n```",
      '## Verify',
      'Change this one thing, run the same tests, and measure them again:',
      '```\nnpx jest-profiler --config jest.ci.js\nnpx jest-profiler diff latest~1 latest\n```',
      'Keep the change if all tests pass and the comparison shows a significant improvement.',
      '',
    ].join('\n\n'),
  )
})

test('agentText names twenty files at most, and how many more there are', () => {
  const files = Array.from({ length: 30 }, (_, index) => `test/${index}.test.ts`)
  const text = agentText(findingOf({ files, fileCount: 250 }), REPORT)
  expect(text.match(/^- `test\/\d+\.test\.ts`$/gm)).toHaveLength(20)
  expect(text).toContain('- and 230 more')
})

test('agentText fences code that has fences itself', () => {
  const text = agentText(findingOf({ patch: 'a\n````js\nb\n````' }), REPORT)
  expect(text).toContain('`````\na\n````js\nb\n````\n`````')
})
