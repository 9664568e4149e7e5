// Modules that a set-up file loads for all test files, while few of them use what it brings: a package of matchers, or a module that
// the set-up file makes matchers or globals of. Other modules in set-up may work without being mentioned, and are not judged.

import { sum } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { OWN_MATCHERS } from '../../jest/matchers.js'
import { getOrMake } from '../../profile/columns.js'
import { isOwnCode } from '../../profile/own-code.js'
import type { Phase } from '../../profile/profile.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { keyOf } from '../evidence/files.js'
import { moduleReach } from '../evidence/reached-modules.js'
import { culpritBelow, unloadedModules } from '../evidence/set-up-cost.js'
import { namesSetUpWith } from '../evidence/set-up-names.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

/** Of the time of all test files: less is not worth reading the package's files. */
const LEAST_SHARE = 0.02

const SET_UP: ReadonlySet<Phase> = new Set(['setupFiles', 'setupFilesAfterEnv'])

interface LoadedInSetUp {
  readonly module: ModuleTotal
  /** The set-up file. */
  readonly importer: string
  /** The test files that load it, with its time in each. */
  readonly files: { readonly file: FileRecord; readonly ms: number }[]
}

export function setUpImports(facts: Facts): FindingDraft[] {
  const { report, record } = facts
  const known = new Map(record.modules.map(module => [module.path, module]))
  const least = LEAST_SHARE * report.totals.fileWallMs
  return loadedInSetUp(record.files, known).flatMap(loaded => {
    if (sum(loaded.files, ({ ms }) => ms) < least) return []
    const names = namesOf(loaded, facts)
    if (names.length === 0) return []
    const uses = useOf(names, { ...facts, loaded, known })
    const without = loaded.files.filter(({ file }) => uses(file) === false)
    return without.length === 0 ? [] : [draftOf(loaded, { names, without, facts })]
  })
}

/** Modules that a set-up file, or own code that it leads to, asked for. */
function loadedInSetUp(
  files: readonly FileRecord[],
  known: ReadonlyMap<string, ModuleTotal>,
): LoadedInSetUp[] {
  const byPath = new Map<string, LoadedInSetUp>()
  for (const file of files) {
    for (const { path, importer, phase, total } of file.recording?.modules ?? []) {
      if (!SET_UP.has(phase) || importer === undefined) continue
      const [module, setUp] = [known.get(path), known.get(importer)]
      if (module === undefined || setUp === undefined || !isOwnCode(setUp)) continue
      getOrMake(byPath, path, () => ({ module, importer, files: [] })).files.push({ file, ms: total / 1000 })
    }
  }
  return [...byPath.values()]
}

/** By which test files use the module; empty if that is unknown. */
function namesOf({ module, importer }: LoadedInSetUp, { record, readSource }: Facts): string[] {
  const texts = record.modules.flatMap(other =>
    other === module || (module.package !== undefined && other.package === module.package)
      ? (readSource(other.path) ?? [])
      : [],
  )
  const matchers = () =>
    [...new Set(texts.flatMap(text => text.match(/\bto[A-Z]\w*/g) ?? []))].filter(
      name => !OWN_MATCHERS.has(name),
    )
  const isOfPackage = module.package !== undefined
  if (isOfPackage && texts.some(text => /\bexpect\.extend\s*\(/.test(text))) return matchers()
  const set = namesSetUpWith(module.path, { path: importer, text: readSource(importer) ?? '' })
  return set === 'all' ? matchers() : [...(set ?? [])]
}

/** Whether a test file, or own code that it leads to, mentions a name or imports the module; undefined if it is unknown what it loads. */
function useOf(
  names: readonly string[],
  context: Pick<Facts, 'record' | 'readSource'> & {
    readonly loaded: LoadedInSetUp
    readonly known: ReadonlyMap<string, ModuleTotal>
  },
): (file: FileRecord) => boolean | undefined {
  const { record, readSource, loaded, known } = context
  const mentioned = new RegExp(`\\b(?:${names.join('|')})\\b`)
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
    for (const module of reach([start], isOwnCode))
      if (module === loaded.module || (isOwnCode(module) && isUse(module))) return true
    return false
  }
}

function draftOf(
  loaded: LoadedInSetUp,
  { names, without, facts }: { names: readonly string[]; without: LoadedInSetUp['files']; facts: Facts },
): FindingDraft {
  const { report } = facts
  const toRelative = relativeTo(report.run.displayRoot)
  const { module } = loaded
  const name = module.package ?? toRelative(module.path)
  const setUp = toRelative(loaded.importer)
  // What it loads may be loaded by something else as well, and would remain.
  const savedShare = module.total === 0 ? 1 : Math.min(1, module.saved / module.total)
  const costMs = savedShare * sum(without, ({ ms }) => ms)
  const all = sum(loaded.files, ({ ms }) => ms)
  const files = listed(without.map(({ file }) => toRelative(file.path)))
  const users = loaded.files
    .filter(entry => !without.includes(entry))
    .map(({ file }) => toRelative(file.path))
  const using = users.length
  const culprit = culpritBelow(module, facts)
  const most = culprit === undefined ? '' : `; most of it is ${culprit}`
  return {
    id: `set-up-import:${name}`,
    confidence: 'medium',
    title: `${count(without.length, 'test file')} of ${loaded.files.length} load ${name} in set-up but use nothing of it`,
    evidence:
      `${setUp} loads it for every file: ${duration(all)}, ${percent(all, report.totals.fileWallMs)} of the time of all files, ` +
      `${duration(costMs)} of it only for ${files}, where neither they nor what they import mention a name that it brings, such as ${listed(names, 2)}${most}.`,
    remedy:
      using === 0
        ? `Remove it from ${setUp}.`
        : `Load it, with the code of ${setUp} that needs it, only in the ${count(using, 'file')} that use it (${listed(users)}) or in their shared helper. Or list the set-up file only in a project of Jest's \`projects\` that holds these files.`,
    ...(module.package === undefined || using === 0
      ? {}
      : {
          patch: `// at the top of the files that use it, in place of ${setUp}\nimport '${module.package}'`,
        }),
    costMs,
    savings: { files: new Map(without.map(({ file, ms }) => [keyOf(file), ms])) },
    position: { file: setUp, line: 1, column: 1 },
    shares: { modules: unloadedModules(loaded.module, { share: costMs / all, facts }), fixedMs: costMs },
  }
}
