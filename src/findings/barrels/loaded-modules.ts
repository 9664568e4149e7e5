// Modules of the run as barrels need to know them: all of them, with all their importers. Paths as in the report.

import type { ModuleTotal } from '../../import/module-totals.js'
import type { ImportReport } from '../../report/report.js'

export interface LoadedModule
  extends Pick<
    ImportReport,
    'module' | 'package' | 'category' | 'selfMs' | 'totalMs' | 'savedMs' | 'files' | 'importers' | 'chain'
  > {}

/** The costliest first, and of each the most frequent importer. */
export function loadedModules(modules: readonly ModuleTotal[], rootDir: string): LoadedModule[] {
  const prefix = rootDir.endsWith('/') ? rootDir : `${rootDir}/`
  const toRelative = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : path)
  return modules
    .map(({ path, category, self, total, saved, files, importers, chain, ...others }) => ({
      module: toRelative(path),
      package: others.package ?? null,
      category,
      selfMs: self / 1000,
      totalMs: total / 1000,
      savedMs: saved / 1000,
      files,
      importers: [...importers]
        .map(([module, files]) => ({ module: toRelative(module), files }))
        .toSorted((a, b) => b.files - a.files || (a.module < b.module ? -1 : 1)),
      chain: chain.map(toRelative),
    }))
    .toSorted((a, b) => b.savedMs - a.savedMs || (a.module < b.module ? -1 : 1))
}
