// What a barrel costs → the finding, in words.

import { roundMs } from '../../../report/rounding.js'
import { count, duration } from '../../../report/views/figures.js'
import type { FindingDraft } from '../../rule.js'
import { WHOLE } from '../../syntax.js'
import type { LoadedModule } from './loaded-modules.js'
import type { Unloaded } from './module-graph.js'
import type { DirectImport, Importer } from './taken-from-barrel.js'

const MOST_NAMED = 3

/** What a barrel costs beyond what its importers use of it. */
export interface BarrelCost {
  readonly row: LoadedModule
  /** Importers of which it is known what they take, in test files that could do without the barrel. */
  readonly known: readonly Importer[]
  /** Importers of the project whose imports were not found in their source. */
  readonly unknown: number
  /** Modules that it re-exports; those in use, all importers together; and on average in one test file. */
  readonly amounts: { readonly all: number; readonly together: number; readonly perFile: number }
  /** Those that could do without the barrel. */
  readonly testFiles: number
  readonly unloaded: Pick<Unloaded, 'ms' | 'modules' | 'transformMs'>
  /** Modules that would no longer be loaded, and change globals when they are. */
  readonly effects: readonly string[]
}

export function describeBarrel(cost: BarrelCost): FindingDraft[] {
  const { row, known, unknown, amounts, unloaded, effects } = cost
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
      evidence: [own(cost), takes(known), ...gaps(cost), unused(cost)].join('; '),
      remedy: `Import from the defining module: \`${replacementFor(example)}\`${caution(effects)}.`,
      costMs: roundMs(ms),
      position: { file: first.module, line, column },
      shares: { modules, transformMs },
    },
  ]
}

/** What to write instead of an import of the barrel. */
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

/** What it does may be needed by what is still loaded. */
function caution(effects: readonly string[]): string {
  const [first] = effects
  if (first === undefined) return ''
  const others = effects.length > 1 ? ` and ${count(effects.length - 1, 'other module')}` : ''
  const what = `what ${first}${others} ${effects.length > 1 ? 'do' : 'does'} to globals when loaded`
  return `. First check whether anything relies on ${what}; if so, import it for that`
}

function own({ row: { evaluateMs, totalMs, files } }: BarrelCost): string {
  return `own code ${duration(evaluateMs)}, with everything it loads ${duration(totalMs)}, in ${count(files, 'test file')}`
}

/** All importers of a large barrel together may use all of it, and each test file next to nothing. */
function isAlike({ amounts: { together, perFile } }: BarrelCost): boolean {
  return together === perFile
}

/** Who uses so little: others may use all of it. */
function use(cost: BarrelCost): string {
  const { known, testFiles, row, amounts } = cost
  if (isAlike(cost)) {
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
    return `${module} takes ${names.length === 0 ? 'nothing' : listed(names)}`
  })
  const others = known.length - shown.length
  return others > 0 ? `${shown.join(', ')}, and ${count(others, 'more importer')}` : shown.join(', ')
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join(', ')
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown
}

function gaps({ row, unknown, testFiles }: BarrelCost): string[] {
  return [
    ...(unknown > 0 ? [`${count(unknown, 'importer')} could not be analyzed`] : []),
    ...(testFiles < row.files ? [`${count(testFiles, 'test file')} could do without it`] : []),
  ]
}

function unused(cost: BarrelCost): string {
  const { row, testFiles } = cost
  const { all, together, perFile } = cost.amounts
  const ms = duration(cost.unloaded.ms)
  // These test files were named just before.
  const where = testFiles < row.files ? ' there' : ''
  if (!isAlike(cost))
    return `on average ${Number((all - perFile).toFixed(1))} of the ${all} modules it re-exports, together ${ms}, are unused${where}`
  const isByAll = where !== '' || cost.known.length === row.importers.length
  return `${all - together} of the ${all} modules it re-exports, ${ms}, are unused${isByAll ? where : ' by these importers'}`
}
