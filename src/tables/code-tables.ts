// Tables of code by self time: functions, lines, files, packages, categories.

import { at } from '../profile/columns.js'
import { mainCategories, rankFunctions } from '../profile/functions.js'
import { byDescending } from '../profile/order.js'
import type { Category, Frame, Profile } from '../profile/profile.js'
import { rankBy } from '../profile/rank.js'
import { relativeTo } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { toMs } from '../report/rounding.js'
import { rowId } from '../report/views/ids.js'
import type { Column, Row, Table } from './table.js'

export interface TableSource {
  readonly report: Report
  readonly profile: Profile
}

const SELF: Column = { key: 'selfMs', title: 'self', unit: 'ms' }
const TOTAL: Column = { key: 'totalMs', title: 'total', unit: 'ms' }
const SAMPLES: Column = { key: 'sampleCount', title: 'samples', unit: 'count' }
const CATEGORY: Column = { key: 'category', title: 'category', unit: 'text' }

export function functionTable({ report, profile }: TableSource): Table {
  const toRelative = relativeTo(report.run.displayRoot)
  const rows = rankFunctions(profile)
    .filter(({ self }) => self > 0)
    .map(({ frame, self, total, count }) => {
      const { name, file, line, column, category, package: packageName } = at(profile.frames, frame)
      const path = toRelative(file)
      return {
        ...{ id: rowId('fn', [path, name, line, column]), function: name, file: path, line, column },
        ...{ category, package: packageName ?? null },
        ...{ selfMs: toMs(self), totalMs: toMs(total), sampleCount: count },
      }
    })
  return {
    by: 'function',
    title: 'functions by self time',
    columns: [
      ...[SELF, TOTAL, SAMPLES, CATEGORY],
      { key: 'function', title: 'function', unit: 'text' },
      { key: 'file', title: 'position', unit: 'position' },
    ],
    rows: rows.toSorted(bySelf),
    leftOut: 0,
  }
}

export function lineTable({ report }: TableSource): Table {
  return {
    by: 'line',
    title: 'source lines by self time, of functions for which V8 tells lines',
    columns: [SELF, CATEGORY, { key: 'file', title: 'line', unit: 'position' }],
    rows: report.lines.map(row => ({ id: rowId('line', [row.file, row.line]), ...row })),
    leftOut: leftOutOf(report, 'lines'),
  }
}

export function codeFileTable({ report, profile }: TableSource): Table {
  const toRelative = relativeTo(report.run.displayRoot)
  const fileOf = ({ file }: Frame) => (file === '' ? undefined : file)
  const categoryOf = mainCategories(profile, fileOf)
  const rows = rankBy(profile, fileOf).map(({ key: file, self, total, count }) => {
    const path = toRelative(file)
    return {
      ...{ id: rowId('file', [path]), file: path, category: categoryOf.get(file) ?? 'program' },
      ...{ selfMs: toMs(self), totalMs: toMs(total), sampleCount: count },
    }
  })
  return {
    by: 'file',
    title: 'files by self time of the code in them (test files as Jest runs them: --by test-file)',
    columns: [SELF, TOTAL, SAMPLES, CATEGORY, { key: 'file', title: 'file', unit: 'text' }],
    rows: rows.toSorted(bySelf),
    leftOut: 0,
  }
}

export function packageTable({ report }: TableSource): Table {
  return {
    by: 'package',
    title: 'packages by self time',
    columns: [
      ...[SELF, TOTAL, SAMPLES, CATEGORY],
      { key: 'functions', title: 'functions', unit: 'count' },
      { key: 'package', title: 'package', unit: 'text' },
    ],
    rows: report.packages.map(row => ({ id: rowId('pkg', [row.package]), ...row })),
    leftOut: leftOutOf(report, 'packages'),
  }
}

export function categoryTable({ report }: TableSource): Table {
  const rows = (Object.entries(report.categories) as [Category, number][])
    .filter(([, selfMs]) => selfMs > 0)
    .map(([category, selfMs]) => ({ id: rowId('category', [category]), category, selfMs }))
  return {
    by: 'category',
    title: 'self time by whose code ran',
    columns: [SELF, CATEGORY],
    rows: rows.toSorted(bySelf),
    leftOut: 0,
  }
}

/** Rows that a table of the report was cut by. */
export function leftOutOf({ truncated }: Pick<Report, 'truncated'>, table: string): number {
  const cut = truncated.find(entry => entry.table === table)
  return cut === undefined ? 0 : cut.total - cut.kept
}

const bySelf = byDescending<Row & { selfMs: number }>(
  ({ selfMs }) => selfMs,
  row => JSON.stringify(row),
)
