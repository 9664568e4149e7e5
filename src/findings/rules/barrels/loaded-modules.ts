// All modules of the run, with all of their importers. Paths as in the report.

import type { ModuleTotal } from '../../../attribution/module-totals.js'
import { relativeTo } from '../../../report/relative-path.js'
import { toMs } from '../../../report/rounding.js'

/** Times as in `ImportReport`. */
export type LoadedModule = ReturnType<typeof loadedModules>[number]

/** The most expensive modules first, each with its most frequent importers first. */
export function loadedModules(modules: readonly ModuleTotal[], displayRoot: string) {
  const toRelative = relativeTo(displayRoot)
  return modules
    .filter(({ isTransformer }) => !isTransformer)
    .map(({ path, self, resolve, transform, compile, mock, importers, chain, ...others }) => ({
      module: toRelative(path),
      package: others.package ?? null,
      category: others.category,
      selfMs: toMs(self),
      evaluateMs: toMs(Math.max(0, self - resolve - transform - compile - mock)),
      transformMs: toMs(transform),
      totalMs: toMs(others.total),
      savedMs: toMs(others.saved),
      files: others.files,
      importers: [...importers]
        .map(([module, files]) => ({ module: toRelative(module), files }))
        .toSorted((a, b) => b.files - a.files || (a.module < b.module ? -1 : 1)),
      // Loaded by Jest itself: a test file, or a set-up file.
      isEntry: importers.size === 0 || chain.length === 1,
    }))
    .toSorted((a, b) => b.savedMs - a.savedMs || (a.module < b.module ? -1 : 1))
}
