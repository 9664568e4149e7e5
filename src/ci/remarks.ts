// What a CI system shows beside the code: budgets that are exceeded, then the dearest findings; ten in all.

import { budgetRow, excessText } from '../formats/budget-rows.js'
import { plain } from '../formats/wording.js'
import type { BudgetExcess } from '../report/budget-report.js'
import { ruleOf } from '../report/finding-rules.js'
import type { Finding, Report } from '../report/report.js'
import { excessesOf } from '../report/views/budget-excesses.js'
import { duration } from '../report/views/figures.js'

export interface Remark {
  readonly level: 'error' | 'warning'
  /** Of findings as in the report; of budgets that are exceeded `high`. */
  readonly severity: Finding['severity']
  /** Of whatever is checked: the limit's name, or the rule's. */
  readonly check: string
  /** The same from run to run. */
  readonly id: string
  readonly title: string
  readonly message: string
  /** Relative to the repository; `''`: it is no place in it. Positions 1-based; 0: not known. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** GitHub shows no more of one kind and step; GitLab's list is read by people, too. */
const MOST_REMARKS = 10

/** `toShown` turns the report's paths into those of the repository, where they lie in it. */
export function remarksOf(
  report: Pick<Report, 'budgets' | 'findings'>,
  toShown: (path: string) => string,
): Remark[] {
  const excesses = excessesOf(report).map(excess => ofExcess(excess, toShown))
  // They come dearest first.
  const findings = report.findings.map(finding => ofFinding(finding, toShown))
  return [...excesses, ...findings].slice(0, MOST_REMARKS)
}

function ofExcess(excess: BudgetExcess, toShown: (path: string) => string): Remark {
  const { limit, verdict, file, project, projectId, test, module } = excess
  const place = excess.definedIn ?? excess
  const row = budgetRow(excess, toShown)
  const isExceeded = verdict === 'exceeded'
  const cause = row.cause === '' ? '' : ` Mostly: ${row.cause}.`
  return {
    level: isExceeded ? 'error' : 'warning',
    severity: isExceeded ? 'high' : 'low',
    check: limit,
    id: [limit, file, project === '' ? '' : projectId, test?.fullName ?? '', module ?? ''].join(' '),
    title: isExceeded ? `Budget exceeded: ${limit}` : `Budget exceeded within the uncertainty: ${limit}`,
    message: `${excessText(row)}.${cause}`,
    ...{ file: inRepository(toShown(place.file)), line: place.line, column: place.column },
  }
}

function ofFinding(finding: Finding, toShown: (path: string) => string): Remark {
  const { id, severity, confidence, title, evidence, remedy, costMs, position } = finding
  const cost = `${confidence === 'high' ? '' : 'up to '}${duration(costMs)}`
  return {
    ...{ level: 'warning', severity, check: ruleOf(id), id, title: plain(title) },
    message: plain(`Costs ${cost}: ${evidence.replace(/\.$/, '')}. ${remedy}`),
    file: position === null ? '' : inRepository(toShown(position.file)),
    line: position?.line ?? 0,
    column: position?.column ?? 0,
  }
}

/** Paths outside of it, and what is none, such as `node:fs`, are of no use to a CI system. */
function inRepository(path: string): string {
  return /^(\.\.?\/|\/|[a-z][\w+.-]*:)/i.test(path) ? '' : plain(path)
}
