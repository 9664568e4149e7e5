// The modules that a module leads to, by the recorded imports of the whole run.

import { group } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'

/** Returns the modules that some modules lead to, themselves first, nearest first; those that `isEntered` rejects lead no further. */
export type ReachModules = (
  from: Iterable<ModuleTotal>,
  isEntered: (module: ModuleTotal) => boolean,
) => Iterable<ModuleTotal>

export function moduleReach(modules: readonly ModuleTotal[]): ReachModules {
  const imports = modules.flatMap(module =>
    [...module.importers.keys()].map(importer => ({ importer, module })),
  )
  const importsOf = group(imports, ({ importer }) => importer)
  return function* (from, isEntered) {
    const reached = new Set(from)
    for (const module of reached) {
      yield module
      if (!isEntered(module)) continue
      for (const loaded of importsOf.get(module.path) ?? []) reached.add(loaded.module)
    }
  }
}
