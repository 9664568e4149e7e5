// One module or package that dominates the loading of modules, without being a barrel.

import { dirname, join, relative } from 'node:path/posix'
import { sum } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { loadsModule } from '../../jest/frames.js'
import { at } from '../../profile/columns.js'
import { isOwnFile } from '../../profile/own-code.js'
import { type Phase, samplesOf, TIMES } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { costlyImports } from '../../report/views/imports.js'
import { hasProfile } from '../../report/views/profiled.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { byPathOfModule, isOfTests } from '../evidence/files.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'
import { below } from '../shared-time.js'
import { nameOf, requiredBy, walk } from '../syntax.js'
import { type LoadedModule, loadedModules, ModuleGraph } from './barrels/module-graph.js'

/** A share of the time of all test files. */
const LEAST_SHARE = 0.08

/** Milliseconds below which an import is not heavy. */
export function leastOfHeavyImport({ totals }: Pick<Report, 'totals'>): number {
  return LEAST_SHARE * totals.fileWallMs
}

/** The most findings of this rule. */
const MOST = 3
/** If its own top-level code takes this share of an import, that code is the cause. */
const OWN_SHARE = 0.5
/** Of the time of its import: a package that tests use less is hardly called. */
const HARDLY_CALLED = 0.05

export function heavyImports(facts: Facts): FindingDraft[] {
  const { report, record } = facts
  const costly = costlyImports(report).filter(
    ({ transformer, savedMs, importers }) =>
      transformer === null && importers.length > 0 && savedMs >= leastOfHeavyImport(report),
  )
  if (costly.length === 0) return []
  const rows = loadedModules(record.modules, report.run.displayRoot)
  const rowOf = new Map(rows.map(row => [row.module, row]))
  const graph = new ModuleGraph(rows)
  return costly.slice(0, MOST).flatMap(({ module }) => {
    const row = rowOf.get(module)
    return row === undefined ? [] : draftOf(row, { facts, graph })
  })
}

function draftOf(row: LoadedModule, { facts, graph }: { facts: Facts; graph: ModuleGraph }): FindingDraft[] {
  const { report, record } = facts
  const { module, savedMs, files } = row
  const importers = row.importers.filter(importer => isOwnFile(importer.module))
  const unloaded = graph.unloaded(module, () => [])
  const name = row.package ?? module
  const calledMs = hasProfile(report) ? calledIn(row, facts) : undefined
  const isUsed = calledMs !== undefined && calledMs >= HARDLY_CALLED * savedMs
  const [first] = importers
  const toRelative = relativeTo(report.run.displayRoot)
  const found = record.modules.find(({ path }) => toRelative(path) === module)
  // What tests use cannot be left out; only its own work while it loads can be postponed, and a mock of it be given.
  const isNeeded = isUsed || (row.package === null && files > 1)
  const isOwn = isOwnWork(row) || (found?.mock ?? 0) > 0
  if (isNeeded && !isOwn) return []
  return [
    {
      id: `heavy-import:${module}`,
      // It is unknown whether tests can do without it.
      confidence: isOwn ? 'medium' : 'low',
      title: `Importing ${name} takes ${duration(savedMs)} in ${count(files, 'test file')}`,
      evidence: [
        `${percent(savedMs, report.totals.fileWallMs)} of the time of all files: ${parts(row, unloaded.modules.size)}`,
        `imported by ${listed(importers.map(entry => entry.module))}`,
        ...(found?.isSampled === true && !hasProfile(report)
          ? ['of ES modules, only their transforms are known without a profile']
          : []),
        ...(row.package !== null && calledMs !== undefined && !isUsed
          ? [`its code then runs for only ${duration(calledMs)} in tests and hooks`]
          : []),
      ].join('; '),
      remedy: remedyFor(row, { module: found, importers: importers.map(entry => entry.module), facts }),
      costMs: savedMs,
      savings: { files: byPathOfModule(record, found?.path ?? '') },
      position: first === undefined ? null : importPlace(row, first.module, facts.bodyOf),
      shares: {
        modules: new Map([...unloaded.modules, [module, row.selfMs]]),
        transformMs: unloaded.transformMs + row.transformMs,
        fixedMs: inSetUp([module, ...unloaded.modules.keys()], facts),
      },
    },
  ]
}

/** Whether its own top-level code takes most of its import. */
function isOwnWork({ evaluateMs, savedMs }: LoadedModule): boolean {
  return evaluateMs >= OWN_SHARE * savedMs
}

/** The statement or call that imports it, by the source of the importer; else the start of that file. */
function importPlace(
  row: LoadedModule,
  importer: string,
  bodyOf: Facts['bodyOf'],
): NonNullable<FindingDraft['position']> {
  const isIt = (specifier: string | undefined) =>
    specifier !== undefined && isSpecifierOf(specifier, row, importer)
  let line = 1
  let isFound = false
  for (const statement of bodyOf(importer) ?? [])
    walk(statement, node => {
      const specifier = requiredBy(node) ?? nameOf(node.source)
      if (isFound || !isIt(specifier)) return
      line = firstLineOf(node)
      isFound = true
    })
  return { file: importer, line, column: 1 }
}

function isSpecifierOf(
  specifier: string,
  { module, package: owner }: LoadedModule,
  importer: string,
): boolean {
  if (owner !== null) return specifier === owner || specifier.startsWith(`${owner}/`)
  const path = join(dirname(importer), specifier)
  return [module, module.replace(/\.[cm]?[jt]sx?$/, ''), dirname(module)].includes(path)
}

interface ImportOf {
  readonly module: ModuleTotal | undefined
  /** Own files, the most expensive first. */
  readonly importers: readonly string[]
  readonly facts: Pick<Facts, 'report'>
}

function remedyFor(row: LoadedModule, { module, importers, facts }: ImportOf): string {
  const [importer] = importers
  const factory = `\`jest.mock('${specifierOf(row, importer)}', () => ({ … }))\``
  if ((module?.mock ?? 0) > 0)
    return `Jest loads it to make an automatic mock of it. Give a factory, which loads nothing: ${factory}.`
  if (isOwnWork(row))
    return 'Its top-level code takes most of it: do that work on first use instead, or once for all files in `globalSetup`, with the result in a file.'
  const smaller = 'Import a smaller entry of it where it has one, or only what is used'
  if (!importers.some(path => isOfTests(path, facts.report)))
    return `${smaller}; or load it in the function that needs it, so that test files which never call that function need not.`
  return module?.isSampled === true
    ? `${smaller}. In ES modules, an import in a set-up file or helper is paid by every test file that reaches it.`
    : `${smaller}; where tests do not need it, replace it: ${factory}, because without a factory Jest loads it all the same.`
}

/** Milliseconds of modules that were loaded by set-up files. */
function inSetUp(modules: readonly string[], { record, report }: Pick<Facts, 'record' | 'report'>): number {
  const toRelative = relativeTo(report.run.displayRoot)
  const named = new Set(modules)
  return sum(record.modules, ({ path, phases }) =>
    named.has(toRelative(path)) ? sum(SET_UP, phase => phases.get(phase) ?? 0) / 1000 : 0,
  )
}

const SET_UP: readonly Phase[] = ['setupFiles', 'setupFilesAfterEnv']

function parts({ evaluateMs, transformMs, selfMs, savedMs }: LoadedModule, modules: number): string {
  const others = savedMs - selfMs
  return [
    `its own code ${duration(evaluateMs)}`,
    ...(transformMs >= 0.1 * savedMs ? [`transforming it ${duration(transformMs)}`] : []),
    ...(modules > 0 && others > 0
      ? [`${count(modules, 'module')} that nothing else loads ${duration(others)}`]
      : []),
  ].join(', ')
}

/** As a test file imports it. */
function specifierOf({ module, package: owner }: LoadedModule, importer = ''): string {
  const path = relative(dirname(importer), module).replace(/\.[cm]?[jt]sx?$/, '')
  return owner ?? (path.startsWith('.') ? path : `./${path}`)
}

/** Milliseconds in frames of the package or module, and in what these call, while tests and hooks ran, without loading modules. */
function calledIn({ package: owner, module }: LoadedModule, { profile, report }: Facts): number {
  const { frames, stacks, scopes } = profile
  const toRelative = relativeTo(report.run.displayRoot)
  const isOf = frames.map(frame =>
    owner === null ? toRelative(frame.file) === module : frame.package === owner,
  )
  const samples = samplesOf(profile, TIMES.cpu)
  const isLoading = below(profile, loadsModule)
  const isIn: boolean[] = []
  stacks.frame.forEach((frame, stack) => {
    const caller = at(stacks.caller, stack)
    const isBelow = caller >= 0 && at(isIn, caller)
    isIn.push((isBelow || isOf[frame] === true) && isLoading[stack] !== true)
  })
  return sum(samples.stack, (stack, row) => {
    const { phase } = at(scopes, at(samples.scope, row))
    return isIn[stack] === true && (phase === 'tests' || phase === 'hooks')
      ? at(samples.weight, row) / 1000
      : 0
  })
}
