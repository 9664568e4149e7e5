// Packages of matchers that a set-up file loads for all test files, while few of them use one: no text that these files lead to
// mentions a matcher of the package. Other packages in set-up files may work without being mentioned, and are not judged.

import { sum } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { OWN_MATCHERS } from '../../jest/matchers.js'
import { getOrMake } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { keyOf } from '../evidence/files.js'
import { moduleReach } from '../evidence/reached-modules.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

/** Of the time of all test files: less is not worth reading the package's files. */
const LEAST_SHARE = 0.02

interface LoadedInSetUp {
  readonly path: string
  /** The set-up file. */
  readonly importer: string
  /** The test files that load it, with its time in each. */
  readonly files: { readonly file: FileRecord; readonly ms: number }[]
}

export function setUpMatchers(facts: Facts): FindingDraft[] {
  const { report, record } = facts
  const known = new Map(record.modules.map(module => [module.path, module]))
  const least = LEAST_SHARE * report.totals.fileWallMs
  return loadedInSetUp(record.files, known).flatMap(loaded => {
    if (sum(loaded.files, ({ ms }) => ms) < least) return []
    const owner = known.get(loaded.path)?.package
    const matchers = owner === undefined ? [] : matchersOf(owner, facts)
    if (owner === undefined || matchers.length === 0) return []
    const uses = useOf(matchers, facts, known)
    const without = loaded.files.filter(({ file }) => uses(file) === false)
    return without.length === 0 ? [] : [draftOf(owner, { loaded, without, report })]
  })
}

function loadedInSetUp(
  files: readonly FileRecord[],
  known: ReadonlyMap<string, ModuleTotal>,
): LoadedInSetUp[] {
  const byPath = new Map<string, LoadedInSetUp>()
  for (const file of files) {
    for (const { path, importer, phase, total } of file.recording?.modules ?? []) {
      if (phase !== 'setupFilesAfterEnv' || importer === undefined) continue
      const [own, set] = [known.get(path), known.get(importer)]
      if (own?.category !== 'dependency' || set === undefined || !isOwnCode(set)) continue
      getOrMake(byPath, path, () => ({ path, importer, files: [] })).files.push({ file, ms: total / 1000 })
    }
  }
  return [...byPath.values()]
}

/** The names of matchers in a package's files; empty if none of them extends `expect`. */
function matchersOf(owner: string, { record, readSource }: Facts): string[] {
  const texts = record.modules.flatMap(module =>
    module.package === owner ? (readSource(module.path) ?? []) : [],
  )
  if (!texts.some(text => /\bexpect\.extend\s*\(/.test(text))) return []
  const names = texts.flatMap(text => text.match(/\bto[A-Z]\w*/g) ?? [])
  return [...new Set(names)].filter(name => !OWN_MATCHERS.has(name))
}

/** Whether a test file, or own code that it leads to, mentions a matcher; undefined if it is unknown what it loads. */
function useOf(
  matchers: readonly string[],
  { record, readSource }: Facts,
  known: ReadonlyMap<string, ModuleTotal>,
): (file: FileRecord) => boolean | undefined {
  const mentioned = new RegExp(`\\.(?:${matchers.join('|')})\\b`)
  const reach = moduleReach(record.modules)
  const uses = new Map<ModuleTotal, boolean>()
  const isUse = (module: ModuleTotal) =>
    getOrMake(uses, module, () => {
      const text = readSource(module.path)
      return text === undefined || mentioned.test(text)
    })
  return ({ path }) => {
    const start = known.get(path)
    if (start === undefined) return undefined
    for (const module of reach([start], isOwnCode)) if (isOwnCode(module) && isUse(module)) return true
    return false
  }
}

function draftOf(
  owner: string,
  {
    loaded,
    without,
    report,
  }: { loaded: LoadedInSetUp; without: LoadedInSetUp['files'] } & Pick<Facts, 'report'>,
): FindingDraft {
  const toRelative = relativeTo(report.run.displayRoot)
  const setUp = toRelative(loaded.importer)
  const costMs = sum(without, ({ ms }) => ms)
  const all = sum(loaded.files, ({ ms }) => ms)
  const names = listed(without.map(({ file }) => toRelative(file.path)))
  const using = loaded.files.length - without.length
  return {
    id: `set-up-matchers:${owner}`,
    confidence: 'medium',
    title: `${count(without.length, 'test file')} of ${loaded.files.length} load ${owner} in set-up but use none of its matchers`,
    evidence:
      `${setUp} loads it for every file: ${duration(all)}, ${percent(all, report.totals.fileWallMs)} of the time of all files, ` +
      `${duration(costMs)} of it for ${names}, where no text that they lead to mentions one of its matchers.`,
    remedy:
      using === 0
        ? `Remove \`import '${owner}'\` from ${setUp}.`
        : `Write \`import '${owner}'\` at the top of the ${count(using, 'file')} that use a matcher, or of their shared helper, and remove it from ${setUp}. Or list the set-up file only in a project of Jest's \`projects\` that holds these files.`,
    costMs,
    savings: { files: new Map(without.map(({ file, ms }) => [keyOf(file), ms])) },
    position: { file: setUp, line: 1, column: 1 },
  }
}
