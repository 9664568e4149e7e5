// Publishes a run to the CI system that it runs in. No other file writes to CI systems.

import { appendFileSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { ArtifactName } from '../formats/artifact-names.js'
import { toMarkdown } from '../formats/markdown/markdown.js'
import { writeWhole } from '../recording/recording-file.js'
import type { Report } from '../report/report.js'
import type { Ci } from './detect.js'
import { toAnnotations, toStepOutputs } from './github.js'
import { toCodeQuality, toDotenv } from './gitlab.js'
import { remarksOf } from './remarks.js'

export interface CiInput {
  readonly report: Report
  /** Absolute path of each written artifact. */
  readonly paths: Readonly<Partial<Record<ArtifactName, string>>>
  /** Absolute. */
  readonly runFolder: string
  /** Absolute path; GitLab's files are written below it. */
  readonly outputDir: string
  /** Rows of each table in the step summary. */
  readonly topN: number
}

export interface CiOutput {
  /** To be printed: GitHub reads annotations from the output of a step. */
  readonly annotations: string
  /** One line for each thing that could not be published. Notes never fail a run. */
  readonly notes: string[]
}

export function publishToCi(ci: Ci, input: CiInput): CiOutput {
  const notes: string[] = []
  const attempt = (what: string, write: () => void) => {
    try {
      write()
    } catch (error) {
      notes.push(`jest-profiler: ${what} could not be written: ${(error as Error).message}. See report.md.`)
    }
  }
  const { summaryFile, outputFile } = ci
  if (summaryFile !== undefined)
    attempt(`the step summary ${summaryFile}`, () => notes.push(...appendStepSummary(summaryFile, input)))
  if (outputFile !== undefined)
    attempt('the step outputs', () => appendFileSync(outputFile, toStepOutputs(outputsOf(input))))
  if (ci.name === 'gitlab') attempt("GitLab's reports", () => notes.push(...writeGitLabReports(ci, input)))
  const annotations = ci.name === 'github' ? toAnnotations(remarksIn(ci, input)) : ''
  return { annotations, notes }
}

/** GitHub's limit for the summary of one step: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const SUMMARY_LIMIT = 1024 * 1024

/** Appends the Markdown report to the step summary, which may have other content. Returns a note if it does not fit. */
function appendStepSummary(path: string, { report, topN }: CiInput): string[] {
  const used = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  for (const rows of [topN, Math.ceil(topN / 10), 1]) {
    const markdown = toMarkdown(report, { topN: rows })
    if (used + Buffer.byteLength(markdown) > SUMMARY_LIMIT) continue
    appendFileSync(path, markdown)
    return []
  }
  return [
    `jest-profiler: the step summary is not written: ${used} of GitHub's ${SUMMARY_LIMIT} bytes are used. See report.md.`,
  ]
}

/** One output per written artifact: `run-folder`, `report-html`, `report-json`, `profile-pprof`, … */
function outputsOf({ paths, runFolder }: CiInput): [name: string, path: string][] {
  const isReport = (name: string) => name === 'html' || name === 'markdown' || name === 'json'
  const artifacts = Object.entries(paths).map(([name, path]): [string, string] => [
    `${isReport(name) ? 'report' : 'profile'}-${name}`,
    path,
  ])
  return [['run-folder', runFolder], ...artifacts]
}

/** Annotations for a saved run whose budgets are checked again. Its findings were published when it ended. */
export function budgetAnnotations(ci: Ci, report: Report): string {
  return ci.name === 'github' ? toAnnotations(remarksIn(ci, { report: { ...report, findings: [] } })) : ''
}

function remarksIn({ repository }: Ci, { report }: Pick<CiInput, 'report'>) {
  const { displayRoot } = report.run
  return remarksOf(report, path => inRepository(resolve(displayRoot, path), repository ?? displayRoot))
}

/** Overwrites the files of an earlier run. Returns a note for each value that GitLab does not accept. */
function writeGitLabReports(ci: Ci, input: CiInput): string[] {
  const folder = join(input.outputDir, 'gitlab')
  const repository = ci.repository ?? input.report.run.displayRoot
  // Other jobs use other folders: only paths relative to the repository are the same there.
  const variables = outputsOf(input).map(([name, path]): [string, string] => [
    `JEST_PROFILER_${name.toUpperCase().replaceAll('-', '_')}`,
    inRepository(path, repository),
  ])
  const { text, left } = toDotenv(variables)
  mkdirSync(folder, { recursive: true })
  writeWhole(join(folder, 'code-quality.json'), toCodeQuality(remarksIn(ci, input)))
  writeWhole(join(folder, 'artifacts.env'), text)
  if (left.length === 0) return []
  return [
    `jest-profiler: ${left.join(', ')} cannot be in artifacts.env: GitLab takes no path with whitespace, ` +
      `got ${JSON.stringify(input.outputDir)}. Set the option "outputDir" to a path without whitespace.`,
  ]
}

/** Relative to the repository, with `/`; absolute if the path is not below it. */
function inRepository(path: string, repository: string): string {
  // Jest resolves symbolic links, CI systems may not.
  const root = existsSync(repository) ? realpathSync(repository) : repository
  const below = relative(root, path).split(sep).join('/')
  return /^\.\.(\/|$)/.test(below) ? path : below
}
