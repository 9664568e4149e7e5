// `jest-profiler diff`: compares two runs, or several on each side.

import { readPageAssets } from '../artifacts/artifact-files.js'
import { comparedCalls, SideCallsBuilder } from '../compare/calls.js'
import { compareRuns } from '../compare/compare-runs.js'
import type { Comparison, Table } from '../compare/comparison.js'
import { gate } from '../compare/gate.js'
import { matchedFunctions } from '../compare/match/match-sides.js'
import { type RunFigures, runFigures } from '../compare/run-figures.js'
import { UserError } from '../errors/user-error.js'
import { type ComparisonFormat, comparisonToJson } from '../formats/comparison/formats.js'
import { comparisonToMarkdown } from '../formats/comparison/markdown.js'
import { comparisonToTerminal } from '../formats/comparison/terminal.js'
import { toComparisonHtml } from '../formats/html/comparison-html.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { buildReport } from '../report/build/build-report.js'
import { loadRun } from '../saved-runs/load-run.js'
import { outputFile } from '../storage/output-path.js'
import { type Context, writeOut } from './context.js'
import { withProgress } from './progress.js'
import { findRunPath, runsOfSide } from './run-argument.js'

export interface DiffFlags {
  /** As the user typed `table`. */
  readonly by?: string
  readonly table: Table | undefined
  readonly top: number
  readonly format: ComparisonFormat
  readonly json?: boolean
  readonly output?: string
  readonly failAbove?: number
}

/** Sets the exit code to 1 if `--fail-above` is exceeded. */
export async function diffRuns(
  base: string,
  head: string,
  flags: DiffFlags,
  { cwd, env }: Context,
): Promise<void> {
  const { output, failAbove } = flags
  const path = output === undefined ? undefined : outputFile(output, cwd)
  const sides = { base: runsOfSide(findRunPath(base, cwd)), head: runsOfSide(findRunPath(head, cwd)) }
  const { comparison, content } = await withProgress(env, async show => {
    const total = sides.base.length + sides.head.length
    const progress = show('reading runs')
    const baseRuns = await readSide(sides.base, done => progress(done, total))
    const headRuns = await readSide(sides.head, done => progress(sides.base.length + done, total))
    show('comparing')
    const comparison = compareRuns(baseRuns.figures, headRuns.figures)
    refuseWithoutProfile(comparison, flags)
    return { comparison, content: formatComparison(comparison, { baseRuns, headRuns, flags, env }) }
  })
  writeOut(content, path)
  if (failAbove === undefined) return
  const { failed, sentence } = gate(comparison, failAbove)
  process.stderr.write(`jest-profiler: ${sentence}\n`)
  if (failed) process.exitCode = 1
}

function refuseWithoutProfile({ profiled }: Comparison, { by, table }: DiffFlags): void {
  if (profiled === 'all' || (table !== 'functions' && table !== 'packages')) return
  throw new UserError(
    `jest-profiler: diff --by ${by} compares profiles, but ${profiled === 'none' ? 'these' : 'some of these'} runs were recorded ` +
      "without one (engine 'none'). Record both sides with `--engine inspector`.",
  )
}

type RunsOfSide = Awaited<ReturnType<typeof readSide>>

/** Returns what a comparison needs of a side. Only one run is in memory at a time. */
async function readSide(directories: readonly string[], progress: (done: number) => void) {
  const figures: RunFigures[] = []
  const calls = new SideCallsBuilder()
  let suite = ''
  for (const directory of directories) {
    const { profile, record } = await loadRun(directory)
    figures.push(runFigures({ profile, record, report: buildReport(profile, record) }))
    calls.add({ profile, record })
    suite = record.run.suite
    progress(figures.length)
  }
  return { figures, calls, suite }
}

interface ComparedSides {
  readonly baseRuns: RunsOfSide
  readonly headRuns: RunsOfSide
  readonly flags: DiffFlags
  readonly env: Context['env']
}

function formatComparison(comparison: Comparison, { baseRuns, headRuns, flags, env }: ComparedSides): string {
  const { json, table, top } = flags
  const format = json === true ? 'json' : flags.format
  const shown = { topN: top, ...(table === undefined ? {} : { tables: [table] }) }
  switch (format) {
    case 'json':
      return comparisonToJson(comparison)
    case 'markdown':
      return comparisonToMarkdown(comparison, shown)
    case 'html': {
      const matched = matchedFunctions(baseRuns.figures, headRuns.figures)
      const callsOf = ({ calls }: RunsOfSide) =>
        (comparison.profiled === 'all' ? calls : new SideCallsBuilder()).build()
      const calls = comparedCalls(callsOf(baseRuns), callsOf(headRuns), matched)
      return toComparisonHtml(comparison, {
        calls,
        assets: readPageAssets(),
        title: headRuns.suite,
      })
    }
    case 'text':
      return comparisonToTerminal(comparison, { ...shown, ...terminalOf(process.stdout, env) })
  }
}
