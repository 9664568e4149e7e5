// The report's imports and transforms: sums over all test files and workers.

import type { ModuleTotal } from '../../attribution/module-totals.js'
import { byDescending } from '../../profile/order.js'
import { toSlashes } from '../../profile/paths.js'
import { PHASES } from '../../profile/profile.js'
import type { TransformTotals } from '../../recording/recording.js'
import { packageOf } from '../../resolve/categories.js'
import type { ImportReport, TransformReport } from '../account-reports.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { loadingOf } from '../views/imports.js'

/** Importers shown of one module. */
const IMPORTERS = 10

/** In the order of what removing the import would save. */
export function buildImports(modules: readonly ModuleTotal[], toRelative: ToRelative): ImportReport[] {
  return modules
    .map(module => importReport(module, toRelative))
    .toSorted(
      byDescending<ImportReport>('savedMs', ({ module, transformer }) => `${module}\0${transformer ?? ''}`),
    )
}

function importReport(total: ModuleTotal, toRelative: ToRelative): ImportReport {
  const { path, category, files, loads, self, resolve, transform, compile, mock } = total
  const importers = [...total.importers].map(([module, count]) => ({
    module: toRelative(module),
    files: count,
  }))
  const transformer = total.isTransformer ? transformerName(path, toRelative) : null
  return {
    module: toRelative(path),
    transformer,
    package: total.package ?? null,
    category,
    selfMs: toMs(self),
    totalMs: toMs(total.total),
    savedMs: toMs(total.saved),
    resolveMs: toMs(resolve),
    transformMs: toMs(transform),
    compileMs: toMs(compile),
    mockMs: toMs(mock),
    evaluateMs: toMs(Math.max(0, self - resolve - transform - compile - mock)),
    files,
    loads,
    phases: Object.fromEntries(
      PHASES.flatMap(phase => (total.phases.has(phase) ? [[phase, toMs(total.phases.get(phase) ?? 0)]] : [])),
    ),
    importers: importers.toSorted(byDescending('files', ({ module }) => module)).slice(0, IMPORTERS),
    chain: transformer === null ? total.chain.map(toRelative) : [loadingOf(transformer)],
  }
}

export function buildTransforms(transforms: readonly TransformTotals[], toRelative: ToRelative) {
  return transforms
    .map(({ transformer, extension, ...totals }) => ({
      transformer: transformer === null ? null : transformerName(transformer, toRelative),
      extension,
      files: totals.files,
      cacheMisses: totals.misses,
      uncached: totals.uncached,
      totalMs: toMs(totals.micros),
      missMs: toMs(totals.missMicros),
      loadMs: toMs(totals.loadMicros),
      missLoadMs: toMs(totals.missLoadMicros),
    }))
    .toSorted(
      byDescending<TransformReport>(
        'totalMs',
        ({ transformer, extension }) => `${transformer ?? ''}\0${extension}`,
      ),
    )
}

/** The package of a transformer, or else its path. */
export function transformerName(file: string, toRelative: ToRelative): string {
  const path = toSlashes(file)
  return packageOf(path) ?? toRelative(path)
}
