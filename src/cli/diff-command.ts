// `jest-profiler diff`: two runs, or several of each side, compared.

import { writeWhole } from '../collect/recording-file.js'
import { compareRuns } from '../compare/compare-runs.js'
import type { Comparison, Table } from '../compare/comparison.js'
import { gate } from '../compare/gate.js'
import { type RunFigures, runFigures } from '../compare/run-figures.js'
import type { ComparisonFormat } from '../formats/comparison/format-names.js'
import { comparisonToJson } from '../formats/comparison/json.js'
import { comparisonToMarkdown } from '../formats/comparison/markdown.js'
import { comparisonToTerminal } from '../formats/comparison/terminal.js'
import { outputFile } from '../output/output-path.js'
import { buildReport } from '../report/build-report.js'
import { loadRun } from '../saved-runs/load-run.js'
import { runsOfSide } from '../saved-runs/runs-of-side.js'
import { terminalOf } from '../terminal.js'
import { type Context, writeOut } from './context.js'
import { withProgress } from './progress.js'
import { pathOfRun } from './run-argument.js'

export interface DiffFlags {
  readonly table?: Table
  readonly top: number
  readonly format: ComparisonFormat
  readonly json?: boolean
  readonly output?: string
  readonly failAbove?: number
}

/** Sets the exit code to 1 where `--fail-above` is exceeded. */
export function diffRuns(base: string, head: string, flags: DiffFlags, { cwd, env }: Context): void {
  const path = flags.output === undefined ? undefined : outputFile(flags.output, cwd)
  const sides = [base, head].map(side => runsOfSide(pathOfRun(side, cwd)))
  const comparison = withProgress(env, show => {
    const progress = show('reading runs')
    const total = sides.flat().length
    let done = 0
    const [baseRuns = [], headRuns = []] = sides.map(directories =>
      directories.map(directory => {
        const figures = figuresOf(directory)
        progress(++done, total)
        return figures
      }),
    )
    show('comparing')
    return compareRuns(baseRuns, headRuns)
  })
  const content = contentOf(comparison, flags, env)
  if (path === undefined) writeOut(content)
  else writeWhole(path, content)
  if (flags.failAbove === undefined) return
  const { failed, sentence } = gate(comparison, flags.failAbove)
  process.stderr.write(`jest-profiler: ${sentence}\n`)
  if (failed) process.exitCode = 1
}

/** Of a run that has to fit into memory beside no other. */
function figuresOf(directory: string): RunFigures {
  const { profile, record } = loadRun(directory)
  return runFigures({ profile, record, report: buildReport(profile, record) })
}

function contentOf(
  comparison: Comparison,
  { format, json, table, top }: DiffFlags,
  env: Context['env'],
): string {
  if (json === true || format === 'json') return comparisonToJson(comparison)
  const shown = { topN: top, ...(table === undefined ? {} : { tables: [table] }) }
  if (format === 'markdown') return comparisonToMarkdown(comparison, shown)
  return comparisonToTerminal(comparison, { ...shown, ...terminalOf(process.stdout, env) })
}
