// The Markdown report as the summary of a step of GitHub Actions.

import { appendFileSync, statSync } from 'node:fs'
import { toMarkdown } from '../formats/markdown/markdown.js'
import type { Report } from '../report/report.js'

/** GitHub's limit for the summary of one step: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const SUMMARY_LIMIT = 1024 * 1024

/** Appends the Markdown report to a step summary that may have other content. Returns why it could not; undefined: it did. */
export function appendStepSummary(
  summaryPath: string,
  report: Report,
  { topN }: { topN: number },
): string | undefined {
  try {
    const used = statSync(summaryPath, { throwIfNoEntry: false })?.size ?? 0
    for (const rows of [topN, Math.ceil(topN / 10), 1]) {
      const markdown = toMarkdown(report, { topN: rows })
      if (used + Buffer.byteLength(markdown) > SUMMARY_LIMIT) continue
      appendFileSync(summaryPath, markdown)
      return undefined
    }
    return `jest-profiler: the step summary is not written: ${used} of GitHub's ${SUMMARY_LIMIT} bytes are used. See report.md.`
  } catch (error) {
    return `jest-profiler: the step summary ${summaryPath} could not be written: ${(error as Error).message}. See report.md.`
  }
}
