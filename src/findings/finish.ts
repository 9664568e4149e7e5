// Drafts → findings, in the order of what they save, with the test files that they are about.

import { compareText } from '../profile/order.js'
import { fileOf } from '../profile/paths.js'
import { relativeTo, type ToRelative } from '../report/relative-path.js'
import type { Finding, Report } from '../report/report.js'
import { roundMs } from '../report/rounding.js'
import { isAboutTime } from '../report/views/savings.js'
import type { FindingDraft } from './rule.js'
import { type ByFile, type RecordedSchedule, savedBy } from './savings.js'
import { trialFor } from './trials.js'

type FinishedFindings = Pick<Report, 'findings' | 'savesWallMs'>

export function finished(
  drafts: readonly FindingDraft[],
  context: { report: Report; schedule: RecordedSchedule },
): FinishedFindings {
  const { report, schedule } = context
  const isWhole = report.run.selection === undefined
  const toRelative = relativeTo(report.run.displayRoot)
  const findings = drafts.map(({ savings, position = null, ...draft }): Finding => {
    const share = draft.costMs / Math.max(1, report.totals.fileWallMs)
    const files = 'files' in savings ? pathsOf(savings.files, toRelative) : []
    const trial = draft.trial ?? trialFor(draft.id)
    return {
      ...draft,
      ...(trial === undefined ? {} : { trial }),
      costMs: roundMs(draft.costMs),
      severity: severityOf(draft, share),
      savesWallMs: isWhole ? savedBy([{ savings, ...draft }], schedule) : null,
      files: files.slice(0, MOST_FILES),
      fileCount: files.length,
      position,
    }
  })
  const savesWallMs = isWhole ? savedBy(drafts, schedule) : null
  return { findings: mostFirst(findings.filter(isWorthIt)), savesWallMs }
}

/** Milliseconds: a file that ends while others still run takes none of the command's time. */
const LEAST_SAVED = 1

function isWorthIt(finding: Finding): boolean {
  const { savesWallMs } = finding
  return savesWallMs === null || !isAboutTime(finding) || savesWallMs.high >= LEAST_SAVED
}

function severityOf(
  { retainedBytes, heapBytes, allocatedBytes, failures }: Omit<FindingDraft, 'savings' | 'position'>,
  share: number,
): Finding['severity'] {
  const isKept = retainedBytes !== undefined || heapBytes !== undefined
  if (isKept || (failures?.failed ?? 0) > 0 || share >= 0.1) return 'high'
  return allocatedBytes !== undefined || failures !== undefined || share >= 0.03 ? 'medium' : 'low'
}

/** Files listed with one finding. */
const MOST_FILES = 100

/** In descending order of their parts of the cost. */
function pathsOf(files: ByFile, toRelative: ToRelative): string[] {
  const inOrder = [...files].toSorted(([a, msA], [b, msB]) => msB - msA || compareText(a, b))
  return [...new Set(inOrder.map(([key]) => toRelative(fileOf(key))))]
}

/** By what the command would take less, the likely first. */
export function mostFirst(findings: readonly Finding[]): Finding[] {
  // A guess comes after a cause that is known, unless it is worth twice as much.
  const savesMs = ({ savesWallMs, costMs, confidence }: Finding) =>
    (savesWallMs?.high ?? costMs) * (confidence === 'low' ? 0.5 : 1)
  return findings.toSorted(
    (a, b) =>
      // What makes tests fail comes first, and then memory, for those who ask for it.
      (b.failures?.failed ?? 0) - (a.failures?.failed ?? 0) ||
      (b.retainedBytes ?? 0) - (a.retainedBytes ?? 0) ||
      (b.heapBytes ?? 0) - (a.heapBytes ?? 0) ||
      (b.allocatedBytes ?? 0) - (a.allocatedBytes ?? 0) ||
      savesMs(b) - savesMs(a) ||
      b.costMs - a.costMs ||
      compareText(a.id, b.id),
  )
}
