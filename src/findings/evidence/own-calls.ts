// The project's own calls in a stack, and how places in the code read.

import { isOwnFile } from '../../profile/own-code.js'
import type { CallReport } from '../../report/account-reports.js'
import type { Finding } from '../../report/report.js'

/** Innermost first. */
export function ownCalls(stack: readonly CallReport[]): CallReport[] {
  return stack.filter(({ file, line }) => isOwnFile(file) && line > 0)
}

type Place = NonNullable<Finding['position']>

export function place({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`
}

export function positionOf({ file, line, column }: Place): Finding['position'] {
  return file === '' || line === 0 ? null : { file, line, column }
}
