// What a CI system shows beside the code: exceeded budgets, then the most expensive findings; ten in all.

import { causeText, excessText } from '../formats/budget-sentences.js'
import { plain } from '../formats/wording.js'
import type { BudgetExcess } from '../report/budget-report.js'
import { ruleOf } from '../report/finding-rules.js'
import type { Finding, Report } from '../report/report.js'
import { excessesOf } from '../report/views/budget-excesses.js'
import { duration } from '../report/views/figures.js'

export interface Remark {
  readonly level: 'error' | 'warning'
  /** That of the finding; `high` for exceeded budgets. */
  readonly severity: Finding['severity']
  /** The name of the limit or of the rule. */
  readonly check: string
  /** The same from run to run. */
  readonly id: string
  readonly title: string
  readonly message: string
  /** Relative to the repository; `''`: not in it. Positions are 1-based; 0: unknown. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** GitHub shows no more per kind and step; GitLab's list is read by people, too. */
const MOST_REMARKS = 10

/** `toShown` turns the report's paths into those of the repository, where they lie in it. */
export function remarksOf(
  report: Pick<Report, 'budgets' | 'findings'>,
  toShown: (path: string) => string,
): Remark[] {
  const excesses = excessesOf(report).map(excess => remarkOnExcess(excess, toShown))
  // The most expensive come first.
  const findings = report.findings.map(finding => remarkOnFinding(finding, toShown))
  return [...excesses, ...findings].slice(0, MOST_REMARKS)
}

function remarkOnExcess(excess: BudgetExcess, toShown: (path: string) => string): Remark {
  const { limit, verdict, file, project, projectId, test, module } = excess
  const place = excess.definedIn ?? excess
  const isExceeded = verdict === 'exceeded'
  const mostly = causeText(excess, toShown)
  const cause = mostly === '' ? '' : ` Mostly: ${mostly}.`
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
  const { id, severity, confidence, title, evidence, remedy, costMs, position } = finding
  const cost = `${confidence === 'high' ? '' : 'up to '}${duration(costMs)}`
  return {
    level: 'warning',
    severity,
    check: ruleOf(id),
    id,
    title: plain(title),
    message: plain(`Costs ${cost}: ${evidence.replace(/\.$/, '')}. ${remedy}`),
    file: position === null ? '' : inRepository(toShown(position.file)),
    line: position?.line ?? 0,
    column: position?.column ?? 0,
  }
}

/** A path in the repository; `''` for others and for `node:fs` and the like, which a CI system cannot show. */
function inRepository(path: string): string {
  return /^(\.\.?\/|\/|[a-z][\w+.-]*:)/i.test(path) ? '' : plain(path)
}
