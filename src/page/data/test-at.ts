// A test of a file by its position there.

import type { FileReport, TestReport } from '../../report/file-report.js'

/** Undefined where the report has cut it. Of several attempts the first. */
export function testAt(file: FileReport | undefined, index: number): TestReport | undefined {
  // Without retries and cuts it stands where it is; a file has had 20,000.
  const there = file?.tests[index]
  return there?.index === index && there.attempt === 1
    ? there
    : file?.tests.find(test => test.index === index)
}
