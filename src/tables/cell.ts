// What stands in a table: a value and its kind. Every output draws a kind in one way, as text, Markdown or HTML, and none
// words or computes a cell again. Needs no Node.

import type { Category } from '../profile/profile.js'
import type { Position } from '../report/code-reports.js'
import type { FileReport } from '../report/file-report.js'

/** A place in code; 0 stands for an unknown line or column. */
export interface CellPlace extends Position {
  /** The position is that of transformed code. */
  readonly generated?: true | undefined
}

type FileLink = Readonly<Pick<FileReport, 'path' | 'project' | 'projectId'>>

/** A test, as a link needs it. Without an attempt: whichever was last. */
type TestLink = FileLink & { readonly index: number; readonly attempt?: number | undefined }

export interface ListItem {
  readonly cell: Cell
  /** Its figure, such as `120 ms`; `''` for none. */
  readonly note: string
}

export type Cell =
  /** Null: unknown. `isRough`: rests on a handful of samples. `isAtMost`: an upper bound. */
  | {
      readonly kind: 'duration'
      readonly ms: number | null
      readonly isRough?: boolean
      readonly isAtMost?: boolean
      readonly errorMs?: number | null
    }
  | { readonly kind: 'share'; readonly part: number; readonly whole: number }
  | { readonly kind: 'count'; readonly amount: number | null }
  | { readonly kind: 'text'; readonly text: string }
  /** May be as long as a paragraph. */
  | { readonly kind: 'name'; readonly name: string }
  /** Our own words, with code in backticks. */
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** To the documentation. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'category'; readonly category: Category }
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'place'; readonly place: CellPlace }
  | { readonly kind: 'function'; readonly function: string; readonly place: CellPlace }
  /** A function and its place, in one. */
  | { readonly kind: 'call'; readonly function: string; readonly place: CellPlace }
  | { readonly kind: 'package'; readonly package: string }
  /** `note`: stands behind the name. */
  | { readonly kind: 'test'; readonly name: string; readonly test: TestLink; readonly note: string }
  /** A test file, and where in it, or in which other file, a test is defined. */
  | {
      readonly kind: 'test file'
      readonly file: FileLink
      readonly line: number
      readonly column: number
      readonly definedIn?: Position | undefined
    }
  /** One behind the other. */
  | { readonly kind: 'parts'; readonly cells: readonly Cell[] }
  /** A figure with words of its own: a change with its sign, a median with its range. `direction`: how a change is coloured. */
  | {
      readonly kind: 'figure'
      readonly value: number | null
      readonly text: string
      readonly direction?: string
    }
  /** What each run of both sides of a comparison measured; drawn, and no text. */
  | { readonly kind: 'runs'; readonly base: RunValues | null; readonly head: RunValues | null }
  /** What was compared, with all that names it. `search`: what finds its calls in the flame graphs; `''` for what is no code. */
  | {
      readonly kind: 'compared'
      readonly cells: readonly Cell[]
      readonly search: string
      readonly isFolded: boolean
    }
  /** Outputs may show fewer. */
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  /** Calls, innermost first. */
  | { readonly kind: 'stack'; readonly calls: readonly (CellPlace & { readonly function: string })[] }

export type CellOf<Kind extends Cell['kind']> = Extract<Cell, { kind: Kind }>

/** Milliseconds of each run; null: it did not run there. */
export interface RunValues {
  readonly values: readonly (number | null)[]
}

/** What a wall time was made of, in milliseconds; null where it is unknown. */
export interface TimeParts {
  readonly wallMs: number
  readonly cpuMs: number | null
  readonly readyMs: number | null
  readonly blockedMs: number | null
  readonly idleMs: number | null
  readonly importsMs?: number | null
  readonly sampleCount?: number | null
}

export const EMPTY: Cell = { kind: 'text', text: '' }

export function durationCell(
  ms: number | null,
  given: { isRough?: boolean; isAtMost?: boolean; errorMs?: number | null } = {},
): Cell {
  return { kind: 'duration', ms, ...given }
}

export function textCell(text: string): Cell {
  return { kind: 'text', text }
}

export function countCell(amount: number | null): Cell {
  return { kind: 'count', amount }
}

export function placeCell(place: CellPlace): Cell {
  return { kind: 'place', place }
}

/** A file without a position. */
export function pathCell(file: string): Cell {
  return placeCell({ file, line: 0, column: 0 })
}

export function listCell(items: readonly ListItem[]): Cell {
  return { kind: 'list', items }
}

export function stackCell(calls: readonly (CellPlace & { readonly function: string })[]): Cell {
  return { kind: 'stack', calls }
}

/** Whether a column has figures, by the cells of all rows. */
export function hasFigures(rows: readonly (readonly Cell[])[], column: number): boolean {
  return rows.some(row => row[column] !== undefined && isFigure(row[column]))
}

/** Whether cells of this kind are figures: aligned to the right, and sorted largest first. */
export function isFigure({ kind }: Cell): boolean {
  return kind === 'duration' || kind === 'share' || kind === 'count' || kind === 'figure'
}

/** What rows are sorted by; null: unknown. Undefined where the cell is no figure: then by its text. */
export function figureOf(cell: Cell): number | null | undefined {
  if (cell.kind === 'duration') return cell.ms
  if (cell.kind === 'share') return cell.part
  if (cell.kind === 'figure') return cell.value
  return cell.kind === 'count' ? cell.amount : undefined
}
