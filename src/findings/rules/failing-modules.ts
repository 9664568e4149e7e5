// A module that fails to load again and again: Jest does not cache failures, so every require tries again.

import type { FailedModuleSum } from '../../attribution/failed-modules.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import { toMs } from '../../report/rounding.js'
import { count, duration } from '../../report/views/figures.js'
import { byFile, wallOf } from '../evidence/files.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

/** A test may be about one failure, or about a retry. */
const LEAST_TRIES = 3

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
          ? 'Fix the error, or replace the module by a mock with a factory. Jest does not cache a module that threw: ' +
            'every `require` resolves, transforms and runs it again.'
          : 'Install it, correct the path, or map it to a stub with `moduleNameMapper`. Jest does not cache failures: ' +
            'every `require` searches again.',
        costMs: toMs(failed.micros),
        // Which files tried is not recorded.
        savings: { files: byFile(record, wallOf) },
      }
    })
}

function evidenceOf({ micros, files, importers, error }: FailedModuleSum, toRelative: ToRelative): string {
  const names = listed(importers.map(path => `\`${toRelative(path)}\``))
  const importedBy = names === '' ? '' : `, imported by ${names}`
  const reason = error === '' ? '' : `: ${error}`
  return `All attempts took ${duration(toMs(micros))} in ${count(files, 'test file')}${importedBy}${reason}`
}
