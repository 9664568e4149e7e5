// `jest-profiler export`: writes a saved run, or a part of it, in one of the formats.

import { exportContent } from '../artifacts/artifact-files.js'
import { UserError } from '../errors/user-error.js'
import { type ArtifactName, isHeapFormat, isProfileFormat } from '../formats/artifact-names.js'
import { parseOptions } from '../options/options.js'
import { loadReport } from '../saved-runs/load-run.js'
import { outputFile } from '../storage/output-path.js'
import { type Context, writeOut } from './context.js'
import { refuseWithoutAllocations, refuseWithoutProfile } from './profile-check.js'
import { withProgress } from './progress.js'
import { findRun } from './run-argument.js'

export interface ExportFlags {
  readonly format: ArtifactName
  readonly file?: string
  readonly test?: string
  readonly output?: string
}

export async function exportRun(
  run: string | undefined,
  flags: ExportFlags,
  { cwd, env }: Context,
): Promise<void> {
  const directory = findRun(run, cwd)
  const { format, output } = flags
  const path = output === undefined ? undefined : outputFile(output, cwd)
  if (path === undefined && process.stdout.isTTY === true && BINARY.has(format)) {
    throw new UserError(
      `jest-profiler: the output of export --format ${format} is binary. Use -o FILE or redirect it.`,
    )
  }
  const content = await withProgress(env, async show => {
    const run = await loadReport(directory, { selection: flags, progress: show('reading recordings') })
    if (isProfileFormat(format)) refuseWithoutProfile(run.report, `export --format ${format}`)
    if (isHeapFormat(format)) refuseWithoutAllocations(run.report, `export --format ${format}`)
    show(`writing ${format}`)
    return exportContent(format, run, parseOptions({}, { base: cwd, where: 'export' }))
  })
  writeOut(content, path)
}

const BINARY: ReadonlySet<ArtifactName> = new Set(['pprof', 'firefox', 'trace'])
