// A finding with default values for what a test does not set.

import type { Finding } from '../../src/report/report.js'

export function findingOf(given: Partial<Finding> = {}): Finding {
  return {
    id: 'polling:src/a.ts',
    severity: 'high',
    confidence: 'high',
    title: 'A loop polls',
    evidence: '1.20 s in 3 rounds',
    remedy: 'Await it.',
    costMs: 1200,
    savesWallMs: { low: 600, high: 900 },
    files: ['test/a.test.ts'],
    fileCount: 1,
    position: null,
    ...given,
  }
}
