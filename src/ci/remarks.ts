// What a CI system shows beside the code: exceeded budgets, then the most expensive findings, at most ten.

import { causeText, excessText } from '../formats/budget-sentences.js'
import { sanitize } from '../formats/wording.js'
import type { BudgetExcess } from '../report/budget-report.js'
import { ruleOf } from '../report/finding-rules.js'
import type { Finding, Report } from '../report/report.js'
import { excessesOf } from '../report/views/budget-excesses.js'
import { duration } from '../report/views/figures.js'
import { insteadOfTime, savingsText } from '../report/views/savings.js'

export interface Remark {
  readonly level: 'error' | 'warning'
  /** The finding's severity; `high` for exceeded budgets. */
  readonly severity: Finding['severity']
  /** Name of the limit or rule. */
  readonly check: string
  /** Stable across runs. */
  readonly id: string
  readonly title: string
  readonly message: string
  /** Relative to the repository; `''` if it is outside. Positions are 1-based; 0 if unknown. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** GitHub shows at most ten annotations per kind and step. */
const MOST_REMARKS = 10

/** `toShown` turns displayed paths into paths of the repository, if they are inside. */
export function remarksOf(
  report: Pick<Report, 'budgets' | 'findings'>,
  toShown: (path: string) => string,
): Remark[] {
  const excesses = excessesOf(report).map(excess => remarkOnExcess(excess, toShown))
  // Findings are sorted by cost.
  const findings = report.findings.map(finding => remarkOnFinding(finding, toShown))
  return [...excesses, ...findings].slice(0, MOST_REMARKS)
}

function remarkOnExcess(excess: BudgetExcess, toShown: (path: string) => string): Remark {
  const { limit, verdict, file, project, projectId, test, module } = excess
  const place = excess.definedIn ?? excess
  const isExceeded = verdict === 'exceeded'
  const mostly = causeText(excess, toShown)
  const cause = mostly === '' ? '' : ` Main cause: ${mostly}.`
  return {
    level: isExceeded ? 'error' : 'warning',
    severity: isExceeded ? 'high' : 'low',
    check: limit,
    id: [limit, file, project === '' ? '' : projectId, test?.fullName ?? '', module ?? ''].join(' '),
    title: isExceeded ? `Budget exceeded: ${limit}` : `Budget exceeded within measurement error: ${limit}`,
    message: `${excessText(excess, toShown)}.${cause}`,
    file: inRepository(toShown(place.file)),
    line: place.line,
    column: place.column,
  }
}

function remarkOnFinding(finding: Finding, toShown: (path: string) => string): Remark {
  const { id, severity, confidence, title, evidence, remedy, costMs, savesWallMs, position } = finding
  const cost = `Costs ${confidence === 'high' ? '' : 'up to '}${duration(costMs)}`
  const saves = savesWallMs === null ? '' : `, saves ${savingsText(savesWallMs, confidence)} of wall time`
  const why = insteadOfTime(finding) || `${cost}${saves}`
  return {
    level: 'warning',
    severity,
    check: ruleOf(id),
    id,
    title: sanitize(title),
    message: sanitize(`${why}: ${evidence.replace(/\.$/, '')}. ${remedy}`),
    file: position === null ? '' : inRepository(toShown(position.file)),
    line: position?.line ?? 0,
    column: position?.column ?? 0,
  }
}

/** A path in the repository; `''` for other paths and for `node:fs` etc., which a CI system cannot show. */
function inRepository(path: string): string {
  return /^(\.\.?\/|\/|[a-z][\w+.-]*:)/i.test(path) ? '' : sanitize(path)
}
