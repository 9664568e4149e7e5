// What is unknown of a run because its Jest is not one that we know, one sentence each.

import { isNewerThanKnown, KNOWN_VERSIONS } from '../jest/packages.js'

export interface SeenOfJest {
  /** Undefined: no test file has begun. */
  readonly version: string | undefined
  /** Whether Jest's own reporters were found. */
  readonly foundReporters: boolean
  /** Whether Jest has marked the steps of the run. */
  readonly isMarked: boolean
}

export function describeUnknownJest({ version, foundReporters, isMarked }: SeenOfJest): string[] {
  const notes: [isGiven: boolean, sentence: string][] = [
    [
      version !== undefined && isNewerThanKnown(version),
      `Jest ${version} is newer than the versions that this release of jest-profiler was tested with (${KNOWN_VERSIONS}). Look for a newer release.`,
    ],
    [
      !foundReporters,
      "What Jest's own reporters took at the end is unknown, because this Jest keeps them in another place.",
    ],
    [
      !isMarked,
      'How long Jest took to find files and tests is unknown, because this Jest does not mark these steps.',
    ],
  ]
  return notes.filter(([isGiven]) => isGiven).map(([, sentence]) => sentence)
}
