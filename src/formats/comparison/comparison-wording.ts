// What a comparison and the things in it are called: shared by the terminal, Markdown and the page, so that all say the
// same.

import type { Comparison, ComparisonRow, Entity, Table } from '../../compare/comparison.js'
import { count, duration } from '../../report/views/figures.js'
import { pathName, plain, position, testName } from '../wording.js'
import { relativeText, signed } from './row-wording.js'

/** What the run took before and after, how sure that is, and what made most of it. */
export function verdictSentence(comparison: Comparison): string {
  const run = comparison.tables.run.find(
    ({ entity, measure }) => entity.name[0] === 'run' && measure === 'wall',
  )
  const told = mostTelling(comparison, run?.changeMs ?? 0)
  const sentence = run === undefined ? '' : `${runSentence(run)} `
  if (told.length === 0) return `${sentence}${NOTHING_TOLD[comparison.method.kind]}${largest(comparison)}`
  const isRunTold = run !== undefined && run.certainty !== 'unclear'
  const lead = isRunTold ? 'Most of it' : 'What changed'
  return `${sentence}${lead}: ${told.map(describe).join('; ')}.`
}

function runSentence({ base, head, changeMs, changePercent, certainty }: ComparisonRow): string {
  if (base === null || head === null || changeMs === null) return ''
  const change =
    changeMs === 0 ? 'no change' : `${signed(changeMs)}, ${relativeText({ changeMs, changePercent })}`
  return `The command took ${duration(base.medianMs)} before and ${duration(head.medianMs)} after (${change}, ${certainty}).`
}

const NOTHING_TOLD: Readonly<Record<Comparison['method']['kind'], string>> = {
  statistics: 'Nothing changed by more than runs differ from each other.',
  ranges: 'Nothing changed by more than so few runs differ from each other.',
  'sampling error':
    'With one run a side, what changed cannot be told from how runs differ: record two or more of each.',
}

/** Of one run a side: what to look at first, for what it is worth. */
function largest({ method, tables }: Comparison): string {
  if (method.kind !== 'sampling error') return ''
  const rows = CAUSES.flatMap(table => tables[table]).filter(
    ({ verdict }) => verdict === 'beyond sampling error',
  )
  const [most] = rows.toSorted((a, b) => Math.abs(b.changeMs ?? 0) - Math.abs(a.changeMs ?? 0))
  return most === undefined ? '' : ` The largest difference: ${describe(most)}.`
}

/** What can be changed before what it is part of. */
const CAUSES: readonly Table[] = ['hooks', 'functions', 'modules', 'packages']
const PARTS: readonly Table[] = ['tests', 'files', 'phases']
const MOST_TOLD = 3

/** The largest changes that are told from noise, each thing once: those in the direction of the run first. */
function mostTelling({ tables }: Comparison, ofRun: number): ComparisonRow[] {
  const told = (wanted: readonly Table[]) => {
    const entities = new Set<Entity>()
    return wanted
      .flatMap(table => tables[table])
      .filter(({ certainty, changeMs }) => certainty !== 'unclear' && changeMs !== null)
      .toSorted((a, b) => Math.abs(b.changeMs ?? 0) - Math.abs(a.changeMs ?? 0))
      .filter(({ entity }) => !entities.has(entity) && entities.add(entity))
  }
  const causes = told(CAUSES)
  const all = causes.length > 0 ? causes : told(PARTS)
  const isWithRun = ({ changeMs }: ComparisonRow) => (changeMs ?? 0) * ofRun >= 0
  return [...all.filter(isWithRun), ...all.filter(row => !isWithRun(row))].slice(0, MOST_TOLD)
}

function describe(row: ComparisonRow): string {
  const where = placeOf(row.entity)
  const change = `${signed(row.changeMs ?? 0)}, ${relativeText(row)}`
  return `${nameOf(row)}${where === '' ? '' : ` ${where}`} ${change} (${row.certainty})`
}

/** What a row is of. Files and modules have no name but their path. */
export function nameOf({ table, entity }: Pick<ComparisonRow, 'table' | 'entity'>): string {
  if (table === 'files' || table === 'modules') return pathName(entity.file)
  if (table === 'functions') return plain(entity.name.join(' ')) || '(anonymous)'
  if (table === 'hooks') {
    const type = entity.name.at(-1) ?? ''
    return entity.name.length < 2 ? type : `${type} of ${testName(entity.name.slice(0, -1))}`
  }
  return testName(entity.name)
}

/** Where it is; `''` of what is in no place, or named by its path. */
export function placeOf(entity: Entity): string {
  if (entity.name.length === 0) return plain(entity.project)
  const project = entity.project === '' ? '' : ` (${plain(entity.project)})`
  return position(entity) + project
}

/** What it was in base, where it reads differently for another reason than shifted lines. */
export function formerly({ table, entity, was }: Pick<ComparisonRow, 'table' | 'entity' | 'was'>): string {
  if (was === null) return ''
  if (was.file !== entity.file) return `moved from ${pathName(was.file)}`
  const [before, now] = [nameOf({ table, entity: was }), nameOf({ table, entity })]
  return before === now ? '' : `was ${before}`
}

/** How many runs each side has. */
export function sidesText({ base, head }: Comparison): string {
  return `base ${count(base.runs.length, 'run')} · head ${count(head.runs.length, 'run')}`
}
