// A module that fails to load again and again: Jest forgets one whose code threw, and each require tries again.

import type { FailedModuleSum } from '../../attribution/failed-modules.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import { toMs } from '../../report/rounding.js'
import { count, duration } from '../../report/views/figures.js'
import type { Facts, FindingDraft } from '../rule.js'

/** Once may be what a test is about, and twice a retry. */
const LEAST_TRIES = 3
const SHOWN_IMPORTERS = 3

export function failingModules({ report, record }: Facts): FindingDraft[] {
  const toRelative = relativeTo(report.run.displayRoot)
  return record.failedModules
    .filter(({ tries }) => tries >= LEAST_TRIES)
    .map(failed => {
      const name = toRelative(failed.module)
      const tries = count(failed.tries, 'time')
      return {
        id: `failing-module:${name}`,
        confidence: 'high',
        title: failed.isResolved
          ? `\`${name}\` fails to load ${tries}`
          : `\`${name}\` fails to resolve ${tries}`,
        evidence: evidenceOf(failed, toRelative),
        remedy: failed.isResolved
          ? 'Fix the error, or replace the module by a mock with a factory. Jest forgets a module that threw: each ' +
            'further `require` resolves, transforms and runs it again.'
          : 'Install it, correct the path, or map it to a stub with `moduleNameMapper`. Jest remembers no failure: ' +
            'each further `require` searches again.',
        costMs: toMs(failed.micros),
        position: null,
      }
    })
}

function evidenceOf({ micros, files, importers, error }: FailedModuleSum, toRelative: ToRelative): string {
  const shown = importers.slice(0, SHOWN_IMPORTERS).map(path => `\`${toRelative(path)}\``)
  const more = importers.length > shown.length ? ' and others' : ''
  const asking = shown.length === 0 ? '' : `, imported by ${shown.join(', ')}${more}`
  const reason = error === '' ? '' : `: ${error}`
  return `All attempts took ${duration(toMs(micros))} in ${count(files, 'test file')}${asking}${reason}`
}
