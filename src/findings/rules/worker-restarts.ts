// Workers that are restarted between test files: each new process loads Jest, the transformer and the modules again.

import { bytes, count, duration, percent } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'

export function workerRestarts({ report }: Facts): FindingDraft[] {
  const { restarts, restartMs } = report.phases.betweenFiles
  const { workerIdleMemoryLimit } = report.run
  if (restarts === 0) return []
  const limitText = (limit: number) => (limit < 1 ? percent(limit, 1) : bytes(limit))
  const times = count(restarts, 'time')
  const causes =
    workerIdleMemoryLimit === undefined
      ? {
          confidence: 'medium' as const,
          title: `Workers were restarted ${times}`,
          remedy:
            'Jest restarts workers that crash or run out of memory: see the missing and unfinished files.',
        }
      : {
          confidence: 'high' as const,
          title: `\`workerIdleMemoryLimit\` of ${limitText(workerIdleMemoryLimit)} restarted workers ${times}`,
          remedy:
            'Raise `workerIdleMemoryLimit` so that workers last for many files, or remove it if memory allows.',
        }
  const evidence =
    `The workers ran no test for ${duration(restartMs)} between files. In addition, each new process loads Jest, ` +
    'transformers and modules again, which counts in the phases of its next file.'
  const savesMs = restartMs / Math.max(1, report.run.workers)
  const savings = { command: { low: 0, high: savesMs } }
  return [{ id: 'worker-restarts', ...causes, evidence, costMs: restartMs, savings }]
}
