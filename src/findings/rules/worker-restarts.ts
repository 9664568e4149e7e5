// Workers whose process is ended and started again between test files: each one loads Jest, the transformer and the modules again.

import { count, duration } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'

export function workerRestarts({ report }: Facts): FindingDraft[] {
  const { restarts, restartMs } = report.phases.betweenFiles
  const { workerIdleMemoryLimit } = report.run
  if (restarts === 0) return []
  const limit = workerIdleMemoryLimit === undefined ? '' : ` of ${megabytes(workerIdleMemoryLimit)}`
  const isLimited = workerIdleMemoryLimit !== undefined
  return [
    {
      id: 'worker-restarts',
      confidence: isLimited ? 'high' : 'medium',
      title: isLimited
        ? `\`workerIdleMemoryLimit\`${limit} restarted workers ${count(restarts, 'time')}`
        : `Workers were restarted ${count(restarts, 'time')}`,
      evidence:
        `${duration(restartMs)} between test files, when no worker ran a test, plus what each new process loads again (Jest, ` +
        'transformers, modules), which is part of the phases of the next file.',
      remedy: isLimited
        ? 'Raise `workerIdleMemoryLimit` so that workers last for many files, or remove it if there is enough memory.'
        : 'A worker that crashes or runs out of memory is started again: see which files are listed as missing or unfinished.',
      costMs: restartMs,
      position: null,
    },
  ]
}

function megabytes(bytes: number): string {
  if (bytes < 1) return `${Math.round(100 * bytes)} %`
  return bytes < 1e6 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 1e6)} MB`
}
