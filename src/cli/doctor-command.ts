// `jest-profiler doctor`: tries changes, measures them, prints what pays.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ARTIFACT_FILES, readPageAssets } from '../artifacts/artifact-files.js'
import { fromHere } from '../artifacts/shown-paths.js'
import type { DoctorAnswer } from '../doctor/answer.js'
import { FailingSuite } from '../doctor/base.js'
import { examine } from '../doctor/doctor.js'
import { UserError } from '../errors/user-error.js'
import { doctorToMarkdown } from '../formats/doctor/markdown.js'
import { doctorToTerminal } from '../formats/doctor/terminal.js'
import { toDoctorHtml } from '../formats/html/doctor-html.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { writeWhole } from '../recording/recording-file.js'
import { type Context, writeOut } from './context.js'

export interface DoctorFlags {
  readonly only?: readonly string[]
  readonly set?: readonly string[]
  /** Minutes. */
  readonly budget?: number
  readonly dryRun?: boolean
  readonly json?: boolean
}

/** Sets the exit code to 1 if the suite fails without any change. */
export async function runDoctor(
  jestArguments: readonly string[],
  flags: DoctorFlags,
  { cwd, env }: Context,
): Promise<void> {
  refuseWatching(jestArguments)
  try {
    const { answer, directory } = await examine({
      cwd,
      jestArguments,
      only: flags.only ?? [],
      settings: flags.set ?? [],
      budgetMs: flags.budget === undefined ? undefined : flags.budget * 60_000,
      isDryRun: flags.dryRun === true,
      announce: text => process.stderr.write(`jest-profiler doctor: ${text}\n`),
      onInterrupt: interrupt => process.once('SIGINT', interrupt),
    })
    const written = flags.dryRun === true ? [] : writeAnswer(answer, directory)
    writeOut(
      flags.json === true
        ? toDoctorJson(answer)
        : doctorToTerminal(answer, {
            ...terminalOf(process.stdout, env),
            written: written.map(path => fromHere(path, cwd)),
          }),
    )
  } catch (error) {
    if (!(error instanceof FailingSuite)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

/** Into the run folder: the answer in three forms, and a section of report.md. Returns what to read. */
function writeAnswer(answer: DoctorAnswer, directory: string): string[] {
  const folder = join(directory, 'doctor')
  mkdirSync(folder, { recursive: true })
  const page = join(folder, 'doctor.html')
  const markdown = join(folder, 'doctor.md')
  const section = doctorToMarkdown(answer)
  writeWhole(page, toDoctorHtml(answer, readPageAssets()))
  writeWhole(markdown, section)
  writeWhole(join(folder, 'doctor.json'), toDoctorJson(answer))
  const report = join(directory, ARTIFACT_FILES.markdown.name)
  if (existsSync(report)) writeWhole(report, `${readFileSync(report, 'utf8').trimEnd()}\n\n${section}`)
  return [page, markdown]
}

function toDoctorJson(answer: DoctorAnswer): string {
  return `${JSON.stringify(answer, null, 2)}\n`
}

function refuseWatching(jestArguments: readonly string[]): void {
  const watching = jestArguments.find(argument => /^--watch(All)?(=true)?$/.test(argument))
  if (watching === undefined) return
  throw new UserError(
    `jest-profiler: doctor runs the suite many times and ends, so ${watching} makes no sense. Omit it.`,
  )
}
