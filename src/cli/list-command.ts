// `jest-profiler list`: the saved runs, the newest first, whole ones and those of a part of the suite.

import { join, resolve } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { textTable } from '../formats/terminal/terminal-table.js'
import { plain } from '../formats/wording.js'
import type { TestStatus } from '../recording/enums.js'
import type { SavedRun } from '../report/record/saved-run.js'
import { duration } from '../report/views/figures.js'
import { isFolder, openRunFolder, runsIn } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
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
  const rows = runs.map(run => [
    run.name,
    run.startedAt === null ? '–' : run.startedAt.slice(0, 16).replace('T', ' '),
    run.wallMs === null ? '–' : duration(run.wallMs),
    run.files.toLocaleString('en-US'),
    run.tests.toLocaleString('en-US'),
    run.id,
    run.problem ?? (run.part === null ? 'whole suite' : `only ${plain(run.part.join(' '))}`),
  ])
  const heading = ['run', 'started (UTC)', 'wall', 'files', 'tests', 'id', 'what']
  const alignments = ['left', 'left', 'right', 'right', 'right', 'left', 'left'] as const
  const lines = textTable([heading, ...rows], terminalOf(process.stdout, env).columns, alignments)
  writeOut(`${lines.join('\n')}\n`)
}

/**
 * `name`: `latest` or `latest~1`, as it can be asked for. `part` is null for a run of all of the suite; `problem` says why nothing is
 * known of a run: what is damaged is listed as well.
 */
function listed(directory: string, { id, name }: { id: string; name: string }) {
  try {
    const saved = new RunStore(openRunFolder(directory)).readRun()
    return {
      name,
      id,
      startedAt: new Date(saved.startedAtMs).toISOString(),
      part: saved.run.part ?? null,
      files: saved.files.length,
      tests: saved.files.flatMap(({ results }) => results).filter(({ status }) => !NOT_RUN.has(status))
        .length,
      wallMs: wallOf(saved),
      command: saved.run.command,
      problem: saved.endedAtMs === null ? 'was cut off, or goes on' : null,
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const nothing = { startedAt: null, part: null, files: 0, tests: 0, wallMs: null, command: '' }
    return { name, id, ...nothing, problem: 'cannot be read: damaged, or of another release' }
  }
}

const NOT_RUN: ReadonlySet<TestStatus> = new Set(['skipped', 'todo'])

function wallOf({ command, startedAtMs, endedAtMs }: SavedRun): number | null {
  if (command !== undefined) return Math.round(command.endedAtMs - command.startedAtMs)
  return endedAtMs === null ? null : Math.round(endedAtMs - startedAtMs)
}
