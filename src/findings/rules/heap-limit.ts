// A process whose heap ends near its limit, with the option `memory`: a few more test files, and it dies.

import { greatest } from 'd3-array'
import { bytes, percent, signed } from '../../report/views/figures.js'
import { heapProcesses } from '../../report/views/heap-processes.js'
import { byPath } from '../evidence/files.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Of the limit: V8 then collects more and more often. */
const NEAR = 0.7

export function heapLimit({ report, record }: Facts): FindingDraft[] {
  const { memory } = report
  if (memory === undefined) return []
  const fullest = greatest(
    heapProcesses(memory.files).flatMap(process => {
      const last = process.findLastIndex(({ heapAfterBytes }) => heapAfterBytes !== null)
      const limitBytes = memory.processes.find(({ worker }) => worker === process[0].worker)?.heapLimitBytes
      const usedBytes = process[last]?.heapAfterBytes ?? 0
      return limitBytes === undefined || usedBytes < NEAR * limitBytes
        ? []
        : { process, usedBytes, limitBytes, fileCount: last + 1 }
    }),
    ({ usedBytes, limitBytes }) => usedBytes / limitBytes,
  )
  if (fullest === undefined) return []
  const { process, usedBytes, limitBytes, fileCount } = fullest
  const [{ worker }] = process
  const growth = memory.growth.find(row => row.worker === worker)
  const grows =
    growth === undefined
      ? ''
      : ` It grows by ${signed(growth.bytesPerFile, bytes)} ± ${bytes(growth.uncertaintyBytes)} with each test file.`
  return [
    {
      id: 'heap-limit',
      confidence: 'high',
      title: `Worker ${worker} ends with ${percent(usedBytes, limitBytes)} of the heap that V8 allows`,
      evidence: `${bytes(usedBytes)} of ${bytes(limitBytes)} after ${fileCount} test files, when garbage had been collected.${grows}`,
      remedy:
        `${memory.kept.length > 0 ? 'First free the sandboxes that are kept. ' : ''}\`workerIdleMemoryLimit\` restarts a worker that has grown, at the price of loading ` +
        'everything again. `NODE_OPTIONS=--max-old-space-size=4096` raises the limit, in megabytes.',
      costMs: 0,
      heapBytes: usedBytes,
      savings: {
        files: byPath(
          { report, record },
          process.map(({ path }) => [path, 1]),
        ),
      },
    },
  ]
}
