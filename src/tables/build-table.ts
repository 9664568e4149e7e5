// The table of a name.

import { hookTable, importTable, phaseTable, testFileTable, testTable, waitTable } from './account-tables.js'
import {
  categoryTable,
  codeFileTable,
  functionTable,
  lineTable,
  packageTable,
  type TableSource,
} from './code-tables.js'
import type { Table, TableName } from './table.js'

const TABLES: Readonly<Record<TableName, (source: TableSource) => Table>> = {
  function: functionTable,
  line: lineTable,
  file: codeFileTable,
  package: packageTable,
  category: categoryTable,
  import: importTable,
  hook: hookTable,
  wait: waitTable,
  test: testTable,
  'test-file': testFileTable,
  phase: phaseTable,
}

export function buildTable(by: TableName, source: TableSource): Table {
  return TABLES[by](source)
}
