// The report's imports and transforms: sums over all test files and workers.

import type { ModuleTotal } from '../account/module-totals.js'
import type { TransformTotals } from '../collect/recording.js'
import { packageOf } from '../import/categories.js'
import { PHASES } from '../profile/profile.js'
import type { ImportReport, TransformReport } from './account-reports.js'
import { byDescending, type ToRelative, toMs } from './function-report.js'

/** Importers shown of one module. */
const IMPORTERS = 10

/** By what removing the import would save. */
export function buildImports(modules: readonly ModuleTotal[], toRelative: ToRelative): ImportReport[] {
  return modules
    .map(module => importReport(module, toRelative))
    .toSorted(
      byDescending<ImportReport>(
        ({ savedMs }) => savedMs,
        ({ module }) => module,
      ),
    )
}

function importReport(total: ModuleTotal, toRelative: ToRelative): ImportReport {
  const { path, category, files, loads, self, resolve, transform, compile } = total
  const importers = [...total.importers].map(([module, count]) => ({
    module: toRelative(module),
    files: count,
  }))
  return {
    module: toRelative(path),
    package: total.package ?? null,
    category,
    selfMs: toMs(self),
    totalMs: toMs(total.total),
    savedMs: toMs(total.saved),
    resolveMs: toMs(resolve),
    transformMs: toMs(transform),
    compileMs: toMs(compile),
    evaluateMs: toMs(Math.max(0, self - resolve - transform - compile)),
    files,
    loads,
    phases: Object.fromEntries(
      PHASES.filter(phase => total.phases.has(phase)).map(phase => [
        phase,
        toMs(total.phases.get(phase) ?? 0),
      ]),
    ),
    importers: importers
      .toSorted(
        byDescending(
          entry => entry.files,
          ({ module }) => module,
        ),
      )
      .slice(0, IMPORTERS),
    chain: total.chain.map(toRelative),
  }
}

export function buildTransforms(
  transforms: readonly TransformTotals[],
  toRelative: ToRelative,
): TransformReport[] {
  return transforms
    .map(({ transformer, extension, files, misses, micros, missMicros }) => ({
      transformer: transformer === null ? null : nameOf(transformer.replaceAll('\\', '/'), toRelative),
      extension,
      files,
      cacheMisses: misses,
      totalMs: toMs(micros),
      missMs: toMs(missMicros),
    }))
    .toSorted(
      byDescending<TransformReport>(
        ({ totalMs }) => totalMs,
        ({ transformer, extension }) => `${transformer ?? ''}\0${extension}`,
      ),
    )
}

function nameOf(path: string, toRelative: ToRelative): string {
  return packageOf(path) ?? toRelative(path)
}
