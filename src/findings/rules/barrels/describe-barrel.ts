// The cost of a barrel → the finding.

import { roundMs } from '../../../report/rounding.js'
import { count, duration } from '../../../report/views/figures.js'
import { type FindingDraft, listed } from '../../rule.js'
import type { ByFile } from '../../savings.js'
import { WHOLE } from '../../syntax.js'
import type { LoadedModule, Unloaded } from './module-graph.js'
import type { DirectImport, Importer } from './taken-from-barrel.js'

const MOST_NAMED = 3

/** The cost of those modules behind a barrel that its importers do not use. */
export interface BarrelCost {
  readonly row: LoadedModule
  /** Importers whose imports are known, in test files that do not need the barrel. */
  readonly known: readonly Importer[]
  /** Number of the project's importers whose imports were not found in their source. */
  readonly unknown: number
  /** Number of re-exported modules: all, those that any importer uses, and those used by a test file on average. */
  readonly amounts: { readonly all: number; readonly together: number; readonly perFile: number }
  /** Number of test files that do not need the barrel. */
  readonly testFiles: number
  readonly unloaded: Pick<Unloaded, 'ms' | 'modules' | 'transformMs'>
  /** Modules that would no longer be loaded although they change globals. */
  readonly effects: readonly string[]
}

/** `files`: the test files that load it. */
export function describeBarrel(cost: BarrelCost, files: ByFile): FindingDraft[] {
  const { row, known, unknown, amounts, testFiles, unloaded, effects } = cost
  const { ms, modules, transformMs } = unloaded
  const first = known.find(({ direct }) => direct.length > 0)
  const [example] = first?.direct ?? []
  if (first === undefined || example === undefined) return []
  const { line, column } = example.statement
  return [
    {
      id: `barrel:${row.module}`,
      confidence: unknown > 0 || effects.length > 0 ? 'medium' : 'high',
      title: `${row.module} loads ${count(amounts.all, 'module')}, of which ${use(cost)}`,
      evidence: [
        `its own code takes ${duration(row.evaluateMs)}, with everything it loads ${duration(row.totalMs)} in ${count(row.files, 'test file')}`,
        takes(known),
        ...(unknown > 0 ? [`${count(unknown, 'importer')} could not be analyzed`] : []),
        ...(testFiles < row.files ? [`not needed by ${count(testFiles, 'test file')}`] : []),
        unused(cost),
      ].join('; '),
      remedy: `Import from the defining module: \`${replacementFor(example)}\`${caution(effects)}.`,
      patch: `// ${first.module}\n${replacementFor(example)}`,
      costMs: roundMs(ms),
      savings: { files },
      position: { file: first.module, line, column },
      shares: { modules, transformMs },
    },
  ]
}

/** The import to write instead of that of the barrel. */
function replacementFor({ name, place, statement, specifier }: DirectImport): string {
  const renamed = (separator: string) => (place.name === name ? name : `${place.name}${separator}${name}`)
  const isWhole = place.name === WHOLE
  if (statement.byRequire) {
    const required = `require('${specifier}')`
    if (isWhole) return `const ${name} = ${required}`
    if (place.name === 'default') return `const ${name} = ${required}.default`
    return `const { ${renamed(': ')} } = ${required}`
  }
  if (isWhole) return `import * as ${name} from '${specifier}'`
  if (place.name === 'default' && name !== 'default') return `import ${name} from '${specifier}'`
  return `import { ${renamed(' as ')} } from '${specifier}'`
}

/** `''` unless other modules may rely on side effects. */
function caution(effects: readonly string[]): string {
  if (effects.length === 0) return ''
  const [change, it, its] = effects.length > 1 ? ['change', 'them', 'their'] : ['changes', 'it', 'its']
  const globals = `the globals that ${listed(effects, 1)} ${change} when loaded`
  return `. First check whether anything relies on ${globals}; if so, import ${it} for ${its} side effects`
}

/** Whether all test files use the same modules. Importers of a large barrel may use all of it, but each only a little. */
function isAlike({ amounts: { together, perFile } }: BarrelCost): boolean {
  return together === perFile
}

function use(cost: BarrelCost): string {
  const { known, testFiles, row, amounts } = cost
  if (isAlike(cost)) {
    const [only] = known
    if (only !== undefined && known.length === 1) return `${only.module} uses ${amounts.together}`
    const isAll = known.length === row.importers.length
    const few = `${known.length} of ${count(row.importers.length, 'importer')} ${known.length === 1 ? 'uses' : 'use'}`
    return `${isAll ? 'its importers use' : few} ${amounts.together}`
  }
  const isAll = testFiles === row.files
  const few = `${testFiles} of ${count(row.files, 'test file')} ${testFiles === 1 ? 'uses' : 'use'}`
  return `${isAll ? 'a test file uses' : few} ${Number(amounts.perFile.toFixed(1))} on average`
}

function takes(known: readonly Importer[]): string {
  const shown = known.slice(0, MOST_NAMED).map(({ module, taken }) => {
    const names = [...new Set(taken?.flatMap(({ names }) => [...names]))]
    return `${module} imports ${names.length === 0 ? 'nothing' : listed(names)}`
  })
  const others = known.length - shown.length
  return others > 0 ? `${shown.join(', ')}, and ${count(others, 'more importer')}` : shown.join(', ')
}

function unused(cost: BarrelCost): string {
  const { row, testFiles } = cost
  const { all, together, perFile } = cost.amounts
  const ms = duration(cost.unloaded.ms)
  // Refers to the test files mentioned before.
  const where = testFiles < row.files ? ' there' : ''
  if (!isAlike(cost))
    return `on average ${Number((all - perFile).toFixed(1))} of the ${all} modules it re-exports, together ${ms}, are unused${where}`
  const isByAll = where !== '' || cost.known.length === row.importers.length
  return `${all - together} of the ${all} modules it re-exports, ${ms}, are unused${isByAll ? where : ' by these importers'}`
}
