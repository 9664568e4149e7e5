// What could not be told in this run, and why: a figure that is missing is not zero.

import type { WaitReport } from './account-reports.js'
import type { FileRecord, RecordedFile } from './run-record.js'

/** One sentence each. */
export function limitsOf(files: readonly FileRecord[], waits: readonly WaitReport[]): string[] {
  const recorded = files.flatMap(({ recording }) => recording ?? [])
  const some = (test: (file: RecordedFile) => boolean) => recorded.some(test)
  const limits: [isGiven: boolean, sentence: string][] = [
    [
      some(({ known, times }) => !known.waits && times.whole.idle > 0),
      'What idle time waited for was not recorded. Set the option "waits" to true to record it on this version of Node, too.',
    ],
    [
      some(({ known }) => known.waits) && waits.some(isPooled) && some(lacksRequests),
      'Before Node 22.12, a request over a pooled connection cannot be told from the one that opened the connection.',
    ],
    [
      some(({ known, groups }) => !known.contexts && groups.length > 0),
      'CPU time of concurrent tests is booked to their group: only from Node 24 on, and with waits recorded, can they be told apart.',
    ],
    [
      some(({ known }) => !known.modules),
      'Imports are not known: this version of Jest, or the project\'s own "runtime", loads modules in a way that could not be observed.',
    ],
  ]
  return limits.filter(([isGiven]) => isGiven).map(([, sentence]) => sentence)
}

function isPooled({ kind }: WaitReport): boolean {
  return kind === 'HTTP request'
}

// https://nodejs.org/api/diagnostics_channel.html#event-httpclientrequestcreated
function lacksRequests({ header }: RecordedFile): boolean {
  const [major = 0, minor = 0] = header.nodeVersion.replace('v', '').split('.').map(Number)
  return major < 22 || (major === 22 && minor < 12)
}
