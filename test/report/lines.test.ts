import { expect, test } from '@jest/globals'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { drawnFrame } from '../support/profile-from-text.js'
import { runRecord } from '../support/run-record.js'

test('A report sorts lines by self time and merges a line shared by two functions', () => {
  const builder = new ProfileBuilder()
  const frame = drawnFrame('A')
  const outer = builder.frame(frame)
  const inner = builder.frame({ ...frame, name: 'inner', column: 9 })
  builder.addLine(outer, 3, 1500)
  builder.addLine(inner, 3, 750)
  builder.addLine(outer, 10, 500)
  builder.addLine(outer, 9, 500)
  builder.addLine(builder.frame(drawnFrame('B[test]')), 1, 4000)
  const { lines } = buildReport(builder.build(), runRecord())
  expect(lines).toEqual([
    { file: 'a.test.js', line: 1, selfMs: 4, category: 'test' },
    { file: 'src/A.js', line: 3, selfMs: 2.25, category: 'source' },
    { file: 'src/A.js', line: 9, selfMs: 0.5, category: 'source' },
    { file: 'src/A.js', line: 10, selfMs: 0.5, category: 'source' },
  ])
})
