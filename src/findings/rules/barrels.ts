// Barrels: modules whose own code is cheap, whose children are expensive, and of which their importers use little.

import { sum } from 'd3-array'
import { isOwnCode } from '../../profile/own-code.js'
import { relativeTo } from '../../report/relative-path.js'
import type { ReadSource } from '../../resolve/source-texts.js'
import { byFile } from '../evidence/files.js'
import { type Facts, type FindingDraft, leastCostMs } from '../rule.js'
import type { ByFile } from '../savings.js'
import { type BarrelCost, describeBarrel } from './barrels/describe-barrel.js'
import { reexported } from './barrels/export-table.js'
import { type LoadedModule, loadedModules, ModuleGraph } from './barrels/module-graph.js'
import { ModulePaths } from './barrels/module-paths.js'
import { NameOrigins } from './barrels/name-origins.js'
import { type BarrelSources, importersOf } from './barrels/taken-from-barrel.js'

/** Milliseconds that an importer must save to be worth changing. Parsing it takes about as long. */
const LEAST_MS_OF_IMPORTER = 10
const LEAST_CHILDREN = 4
const MOST_CANDIDATES = 20
/** The share of its time that a barrel may spend in its own code. */
const MOST_OWN_SHARE = 0.2
/** The share of its modules in use up to which importing them one by one is worth it. */
const MOST_USED_SHARE = 0.5

export function barrels({ report, record, readSource }: Facts): FindingDraft[] {
  const rows = loadedModules(record.modules, report.run.displayRoot)
  // To change imports all over is not worth less.
  const leastMs = 2 * leastCostMs(report)
  const candidates = candidatesOf(rows, leastMs)
  const paths = new ModulePaths(rows, readSource)
  const origins = new NameOrigins(readSource, paths)
  const found = candidates.filter(({ module }) => origins.isBarrel(module))
  if (found.length === 0) return []
  const graph = new ModuleGraph(rows)
  // An upper bound of the saving that needs no parsing: as if the project's own importers used nothing of the barrel.
  const nothingInstead = (importer: string) => (isOwnModule(paths.row(importer)) ? [] : undefined)
  return found.flatMap(row => {
    const importers = row.importers.filter(({ module }) => isOwnModule(paths.row(module))).length
    const worthReading = Math.max(leastMs, LEAST_MS_OF_IMPORTER * importers)
    if (graph.unloaded(row.module, nothingInstead).ms < worthReading) return []
    const cost = costOf(row, { paths, origins, graph }, readSource)
    return cost === undefined ? [] : describeBarrel(cost, filesLoading(row, { report, record }))
  })
}

function candidatesOf(rows: readonly LoadedModule[], leastMs: number): LoadedModule[] {
  const children = new Map<string, number>()
  const own = new Set(rows.filter(isOwnCode).map(({ module }) => module))
  for (const { importers } of rows)
    for (const { module } of importers) children.set(module, (children.get(module) ?? 0) + 1)
  return rows
    .filter(({ module, importers, evaluateMs, totalMs, savedMs }) => {
      const ms = Math.max(totalMs, savedMs)
      const isExpensive = ms >= leastMs && evaluateMs <= MOST_OWN_SHARE * ms
      const isImported = importers.some(({ module }) => own.has(module))
      return isExpensive && isImported && (children.get(module) ?? 0) >= LEAST_CHILDREN
    })
    .slice(0, MOST_CANDIDATES)
}

function isOwnModule(row: LoadedModule | undefined): boolean {
  return row !== undefined && isOwnCode(row)
}

/** By the time that a module and all that it loads take in each; it is listed for the files where that is long. */
function filesLoading(
  { module }: LoadedModule,
  { report, record }: Pick<Facts, 'report' | 'record'>,
): ByFile {
  const toRelative = relativeTo(report.run.displayRoot)
  return byFile(
    record,
    ({ recording }) => recording?.modules.find(({ path }) => toRelative(path) === module)?.total ?? 0,
  )
}

function costOf(row: LoadedModule, sources: BarrelSources, readSource: ReadSource): BarrelCost | undefined {
  const { paths, origins, graph } = sources
  const table = origins.table(row.module)
  const importers = importersOf(row, sources)
  if (table === undefined || importers.every(({ needed }) => needed === undefined)) return undefined
  const needed = new Map(importers.map(importer => [importer.module, importer.needed]))
  const unloaded = graph.unloaded(row.module, module => needed.get(module))
  const testFiles = unloaded.importers
  if (testFiles.length === 0) return undefined
  const isKnown = ({ module }: { module: string }) => testFiles.some(modules => modules.has(module))
  const known = importers.filter(importer => importer.needed !== undefined && isKnown(importer))
  const usedBy = (some: typeof known) => new Set(some.flatMap(({ through }) => [...through])).size
  const inTestFiles = sum(testFiles, modules => usedBy(known.filter(({ module }) => modules.has(module))))
  const amounts = {
    all: reexported(table).length,
    together: usedBy(known),
    perFile: inTestFiles / testFiles.length,
  }
  if (amounts.perFile > MOST_USED_SHARE * amounts.all) return undefined
  const unknown = importers.filter(({ isOwn, taken }) => isOwn && taken === undefined).length
  const effects = [...unloaded.modules.keys()].filter(
    module => isOwnModule(paths.row(module)) && hasLoadEffects(readSource(module) ?? ''),
  )
  return { row, known, unknown, amounts, testFiles: testFiles.length, unloaded, effects }
}

/** Side effects of loading a module: it changes a global or an existing class, or imports another module for its effects. */
const EFFECTS = [
  /\b(?:globalThis|global|window|document|self)\s*(?:\.\s*[\w$]+|\[[^\]\n]+\])+\s*(?:\?\?|\|\|)?=(?!=)/,
  /\b[A-Z][\w$]*\.prototype\.[\w$]+\s*=(?!=)/,
  /^\s*import\s+['"]/m,
  /\bObject\.(?:assign|defineProperty|defineProperties)\(\s*(?:globalThis|global|window)\b/,
]

export function hasLoadEffects(source: string): boolean {
  return EFFECTS.some(effect => effect.test(source))
}
