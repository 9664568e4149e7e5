// Runs with barrels for tests: modules with their imports and costs, and the sources of some.

import type { ModuleTotal } from '../../../../src/attribution/module-totals.js'
import type { FindingDraft } from '../../../../src/findings/rule.js'
import { barrels } from '../../../../src/findings/rules/barrels.js'
import { categoryOfModule, packageOf } from '../../../../src/resolve/categories.js'
import { factsOf } from '../../../support/facts.js'

export interface DrawnRun {
  /** The imports of each module, by path below `/project/`; paths with `.test.` are test files. */
  asks: Readonly<Record<string, readonly string[]>>
  /** The self time of modules that do not cost 1 ms. */
  selfMs?: Readonly<Record<string, number>>
  sources: Readonly<Record<string, string>>
}

export function barrelsOf({ asks, selfMs = {}, sources }: DrawnRun): FindingDraft[] {
  const paths = [...new Set([...Object.keys(asks), ...Object.values(asks).flat()])]
  const testFiles = paths.filter(path => path.includes('.test.'))
  const loadedBy = new Map(testFiles.map(path => [path, reached(path, asks)]))
  const cost = (path: string) => (selfMs[path] ?? 1) * filesOf(path) * 1000
  const filesOf = (path: string) => testFiles.filter(file => loadedBy.get(file)?.has(path)).length
  const modules = paths.map((path): ModuleTotal => {
    const importers = paths.filter(importer => asks[importer]?.includes(path))
    const total = [...reached(path, asks)].reduce((sum, loaded) => sum + cost(loaded), 0)
    return {
      ...{
        path: `/project/${path}`,
        isTransformer: false,
        isSampled: false,
        loads: filesOf(path),
        files: filesOf(path),
        self: cost(path),
        total,
      },
      ...{ saved: total, resolve: 0, transform: 0, compile: 0, mock: 0, phases: new Map() },
      category: categoryOfModule(`/project/${path}`, testFiles.includes(path) ? `/project/${path}` : ''),
      package: packageOf(`/project/${path}`),
      importers: new Map(importers.map(importer => [`/project/${importer}`, filesOf(importer)])),
      chain: testFiles.includes(path) ? [`/project/${path}`] : ['/project/a.test.ts', `/project/${path}`],
    }
  })
  return barrels(factsOf({ modules, sources }))
}

function reached(path: string, asks: DrawnRun['asks']): Set<string> {
  const all = new Set([path])
  for (const module of all) for (const child of asks[module] ?? []) all.add(child)
  return all
}

/** A self time of 100 ms for each path. */
export function dear(paths: readonly string[]): Record<string, number> {
  return Object.fromEntries(paths.map(path => [path, 100]))
}
