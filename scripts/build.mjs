// Builds the package: JavaScript and types from src/, and the JSON Schema of report.json from the Report's types.

import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}build`, { recursive: true, force: true })
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(/package\.json$/, 'bin/tsc')
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

const schema = createGenerator({
  path: `${root}src/report/report.ts`,
  tsconfig: `${root}tsconfig.build.json`,
  type: 'Report',
  topRef: false,
  skipTypeCheck: true,
  additionalProperties: true,
}).createSchema('Report')
const titled = { $id: 'jest-profiler/report.schema.json', title: 'jest-profiler report', ...schema }
writeFileSync(`${root}build/report.schema.json`, `${JSON.stringify(titled, null, 2)}\n`)
