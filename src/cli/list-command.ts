// `jest-profiler list`: the saved runs, the newest first, whole ones and those of a part of the suite.

import { join, resolve } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { headedLines } from '../formats/shown-table.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { hasRun } from '../recording/enums.js'
import type { SavedRun } from '../report/record/saved-run.js'
import { isFolder, openRunFolder, runsIn } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import { count, ms, text } from '../tables/columns.js'
import type { TableColumn } from '../tables/table.js'
import { type Context, writeOut } from './context.js'
import { findOutputDir } from './run-argument.js'

export function listRuns(
  folder: string | undefined,
  { json = false }: { json?: boolean },
  { cwd, env }: Context,
): void {
  const directory = folder === undefined ? findOutputDir(cwd) : resolve(cwd, folder)
  if (!isFolder(directory))
    throw new UserError(
      `jest-profiler: there is no folder ${JSON.stringify(directory)}. Name a folder of runs, such as .jest-profiler.`,
    )
  const runs = runsIn(directory)
    .toReversed()
    .map((id, index) => listed(join(directory, id), { id, name: index === 0 ? 'latest' : `latest~${index}` }))
  if (json) {
    writeOut(`${JSON.stringify({ folder: directory, runs }, null, 2)}\n`)
    return
  }
  if (runs.length === 0)
    throw new UserError(
      `jest-profiler: there is no run in ${directory}. Record one with \`npx jest-profiler\`.`,
    )
  const headings = COLUMNS.map(({ heading }) => heading)
  const rows = runs.map(run => COLUMNS.map(column => column.cell(run)))
  writeOut(`${headedLines(headings, rows, terminalOf(process.stdout, env).columns).join('\n')}\n`)
}

const COLUMNS: readonly TableColumn<ReturnType<typeof listed>>[] = [
  text('name', 'run', run => run.name),
  text('startedAt', 'started (UTC)', run => run.startedAt?.slice(0, 16).replace('T', ' ') ?? ''),
  ms('wallMs', 'wall'),
  count('files', 'files'),
  count('tests', 'tests'),
  text('id', 'id', run => run.id),
  text('what', 'what', ({ problem, part }) => problem ?? (part ? `only ${part.join(' ')}` : 'whole suite')),
]

/** `name`: `latest` or `latest~1`. `part`: null for the whole suite. `problem`: why a run cannot be read; damaged runs are listed, too. */
function listed(directory: string, { id, name }: { id: string; name: string }) {
  try {
    const saved = new RunStore(openRunFolder(directory)).readRun()
    return {
      name,
      id,
      startedAt: new Date(saved.startedAtMs).toISOString(),
      part: saved.run.part ?? null,
      files: saved.files.length,
      tests: saved.files.flatMap(({ results }) => results).filter(hasRun).length,
      wallMs: wallOf(saved),
      command: saved.run.command,
      problem: problemOf(saved),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const nothing = { startedAt: null, part: null, files: 0, tests: 0, wallMs: null, command: '' }
    return { name, id, ...nothing, problem: 'unreadable: damaged, or written by another release' }
  }
}

function problemOf({ endedAtMs, interruption }: SavedRun): string | null {
  if (endedAtMs !== null) return null
  return interruption === undefined ? 'interrupted, or still running' : 'interrupted'
}

function wallOf({ command, startedAtMs, endedAtMs }: SavedRun): number | null {
  if (command !== undefined) return Math.round(command.endedAtMs - command.startedAtMs)
  return endedAtMs === null ? null : Math.round(endedAtMs - startedAtMs)
}
