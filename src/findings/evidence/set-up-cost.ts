// What a module in a set-up file costs: the modules below it, and the one that takes most.

import { greatest } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { relativeTo } from '../../report/relative-path.js'
import { duration } from '../../report/views/figures.js'
import type { Facts } from '../rule.js'
import { loadedModules, ModuleGraph } from '../rules/barrels/module-graph.js'

/** A module that takes this share of what it belongs to is named as the culprit. */
const CULPRIT_SHARE = 0.3

/** What a share of the files would no longer load. */
export function unloadedModules(
  module: ModuleTotal,
  { share, facts: { record, report } }: { share: number; facts: Facts },
): ReadonlyMap<string, number> {
  const rows = loadedModules(record.modules, report.run.displayRoot)
  const name = relativeTo(report.run.displayRoot)(module.path)
  const unloaded = new ModuleGraph(rows).unloaded(name, () => [])
  return new Map(
    [...unloaded.modules, [name, module.self / 1000] as const].map(([path, ms]) => [path, ms * share]),
  )
}

/** `aria-query (310 ms, by way of jest-dom/dist/matchers.js)`: a module of another package or file that takes most of the time. */
export function culpritBelow(module: ModuleTotal, { record, report }: Facts): string | undefined {
  const toRelative = relativeTo(report.run.displayRoot)
  const below = record.modules.filter(
    other =>
      other !== module &&
      other.chain.includes(module.path) &&
      (other.package === undefined || other.package !== module.package),
  )
  const most = greatest(below, ({ saved }) => saved)
  if (most === undefined || most.saved < CULPRIT_SHARE * module.total) return undefined
  const via = most.chain.at(-2)
  const way = via === undefined || via === module.path ? '' : `, by way of ${toRelative(via)}`
  return `${most.package ?? toRelative(most.path)} (${duration(most.saved / 1000)}${way})`
}
