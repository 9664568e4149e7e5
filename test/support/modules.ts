// Modules for drawn recordings: nested loads.

import type { ModuleLoads } from '../../src/recording/recording.js'

/** No lookups of modules outside their loads. */
export const NO_LOOKUPS: ModuleLoads['lookups'] = { module: [], within: [], start: [], resolve: [], mock: [] }

/** A lookup: Jest resolved or mocked a module without loading it. */
export interface DrawnLookup {
  name: string
  start: number
  /** The module whose first load contains the lookup; by default no load does. */
  within?: string
  resolve?: number
  mock?: number
}

export interface DrawnLoad {
  name: string
  start: number
  /** The end of the load; -1 for an ES module. */
  end: number
  /** The module that requested this one; by default the one whose load contains this load. */
  importer?: string
  resolve?: number
  transform?: number
  compile?: number
  /** Loads during the execution of this module. */
  inner: DrawnLoad[]
}

type Parts = Partial<Pick<DrawnLoad, 'importer' | 'resolve' | 'transform' | 'compile'>>

/** A CommonJS module, loaded from `start` to `end`. */
export function script(
  name: string,
  [start, end]: [start: number, end: number],
  inner: DrawnLoad[] = [],
  parts: Parts = {},
): DrawnLoad {
  return { name, start, end, inner, ...parts }
}

export function esModule(name: string, start: number, parts: Parts = {}): DrawnLoad {
  return { name, start, end: -1, inner: [], ...parts }
}

/** The path of a module: `test` is /project/a.test.js, `a` is /project/src/a.js, and a name with a slash is a path itself. */
function pathOf(name: string): string {
  if (name.includes('/')) return name
  return name === 'test' ? '/project/a.test.js' : `/project/src/${name}.js`
}

/** The drawn modules; `cached` has pairs of names, of which the first requested the second when that was already loaded. */
export function modulesOf(
  drawn: readonly DrawnLoad[],
  cached: readonly [string, string][] = [],
  drawnLookups: readonly DrawnLookup[] = [],
): ModuleLoads {
  const path: string[] = []
  const moduleOf = (name: string) => {
    const known = path.indexOf(pathOf(name))
    return known >= 0 ? known : path.push(pathOf(name)) - 1
  }
  const loads: ModuleLoads['loads'] = {
    ...{ module: [], importer: [], within: [], start: [], end: [] },
    ...{ resolve: [], transform: [], compile: [] },
  }
  const edges: ModuleLoads['edges'] = { from: [], to: [] }
  const link = (from: number, to: number) => {
    edges.from.push(from)
    edges.to.push(to)
  }
  const add = (entry: DrawnLoad, within: number) => {
    const module = moduleOf(entry.name)
    const importer = entry.importer === undefined ? (loads.module[within] ?? -1) : moduleOf(entry.importer)
    if (importer >= 0) link(importer, module)
    loads.importer.push(importer)
    loads.within.push(within)
    loads.start.push(entry.start)
    loads.end.push(entry.end)
    loads.resolve.push(entry.resolve ?? 0)
    loads.transform.push(entry.transform ?? 0)
    loads.compile.push(entry.compile ?? 0)
    const load = loads.module.push(module) - 1
    for (const inner of entry.inner) add(inner, load)
  }
  for (const entry of drawn) add(entry, -1)
  for (const [from, to] of cached) link(moduleOf(from), moduleOf(to))
  const module = drawnLookups.map(({ name }) => moduleOf(name))
  const lookups: ModuleLoads['lookups'] = {
    module,
    within: drawnLookups.map(({ within }) =>
      within === undefined ? -1 : loads.module.indexOf(moduleOf(within)),
    ),
    start: drawnLookups.map(({ start }) => start),
    resolve: drawnLookups.map(({ resolve = 0 }) => resolve),
    mock: drawnLookups.map(({ mock = 0 }) => mock),
  }
  return { path, transformers: [], loads, lookups, edges }
}
