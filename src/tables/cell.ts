// A table cell: a value and its kind. Each output draws a kind in one way, as text, Markdown or HTML, and computes nothing
// itself. Needs no Node.

import type { Category, ValueType } from '../profile/profile.js'
import type { CallRow, Position } from '../report/code-reports.js'
import type { FileReport } from '../report/file-report.js'

/** A place in code; 0: the line or column is unknown. */
export interface CellPlace extends Position {
  /** The position is one in transformed code. */
  readonly generated?: true | undefined
}

/** What a link to a test file needs. */
export type FileLink = Readonly<Pick<FileReport, 'path' | 'project' | 'projectId'>>

/** What identifies a function that own code calls. */
export interface CallTarget {
  readonly kind: CallRow['kind']
  readonly package: string | null
  readonly function: string
}

interface ListItem {
  readonly cell: Cell
  /** A figure such as `120 ms`; `''` without one. */
  readonly note: string
}

export type Cell =
  /** Null: unknown. `isRough`: estimated from a few samples. `isAtMost`: an upper bound. */
  | {
      readonly kind: 'duration'
      readonly ms: number | null
      readonly isRough?: boolean
      readonly isAtMost?: boolean
      readonly errorMs?: number | null
    }
  | { readonly kind: 'share'; readonly part: number; readonly whole: number }
  | { readonly kind: 'count'; readonly amount: number | null }
  /** A value of a sample, in its own unit; null: unknown. */
  | { readonly kind: 'amount'; readonly amount: number | null; readonly unit: ValueType['unit'] }
  | { readonly kind: 'text'; readonly text: string }
  /** May be as long as a paragraph. */
  | { readonly kind: 'name'; readonly name: string }
  /** Text of the profiler itself, with code in backticks. */
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A link to the documentation. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'category'; readonly category: Category }
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'place'; readonly place: CellPlace }
  | { readonly kind: 'function'; readonly function: string; readonly place: CellPlace }
  /** A function followed by its place. */
  | { readonly kind: 'call'; readonly function: string; readonly place: CellPlace }
  | { readonly kind: 'package'; readonly package: string }
  /** A function that own code calls, by its name in the source. */
  | { readonly kind: 'callee'; readonly name: string; readonly target: CallTarget }
  /** A test, followed by `note`. Without an attempt, the link leads to the last one. */
  | {
      readonly kind: 'test'
      readonly name: string
      readonly test: FileLink & { readonly index: number; readonly attempt?: number | undefined }
      readonly note: string
    }
  /** A test file, with the place in it or in another file where a test is defined. */
  | {
      readonly kind: 'test file'
      readonly file: FileLink
      readonly line: number
      readonly column: number
      readonly definedIn?: Position | undefined
    }
  /** Cells in a row. */
  | { readonly kind: 'parts'; readonly cells: readonly Cell[] }
  /** A figure with its own text: a change with its sign, a median with its range. `direction`: how a change is coloured. */
  | {
      readonly kind: 'figure'
      readonly value: number | null
      readonly text: string
      readonly direction?: string
    }
  /** The values of all runs on both sides of a comparison: a drawing without text. */
  | { readonly kind: 'runs'; readonly base: RunValues | null; readonly head: RunValues | null }
  /** A compared thing with its names. `search`: the query that finds its calls in the flame graphs; `''` if it is not code. */
  | {
      readonly kind: 'compared'
      readonly cells: readonly Cell[]
      readonly search: string
      readonly isFolded: boolean
    }
  /** Outputs may show fewer items. */
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  /** Calls, innermost first. */
  | { readonly kind: 'stack'; readonly calls: readonly (CellPlace & { readonly function: string })[] }

export type CellOf<Kind extends Cell['kind']> = Extract<Cell, { kind: Kind }>

/** Milliseconds by run; null: it did not run there. */
export interface RunValues {
  readonly values: readonly (number | null)[]
}

/** The parts of a wall time, in milliseconds; null: unknown. */
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

export function stackCell(calls: readonly (CellPlace & { readonly function: string })[]): Cell {
  return { kind: 'stack', calls }
}

/** Whether any cell of the column is a figure. */
export function hasFigures(rows: readonly (readonly Cell[])[], column: number): boolean {
  return rows.some(row => row[column] !== undefined && isFigure(row[column]))
}

/** Whether a cell is a figure: aligned to the right, and sorted largest first. */
export function isFigure(cell: Cell): boolean {
  return figureOf(cell) !== undefined
}

/** The number that rows are sorted by; null: unknown. Undefined if the cell is text. */
export function figureOf(cell: Cell): number | null | undefined {
  if (cell.kind === 'duration') return cell.ms
  if (cell.kind === 'share') return cell.part
  if (cell.kind === 'figure') return cell.value
  return cell.kind === 'count' || cell.kind === 'amount' ? cell.amount : undefined
}
