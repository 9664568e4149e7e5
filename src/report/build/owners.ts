// Keys for the owners of time in the report: files, tests, attempts and concurrent groups.

import { increase } from '../../profile/columns.js'
import { type FileKey, fileKey, testKey } from '../../profile/paths.js'
import type { Microseconds } from '../../profile/profile.js'
import type { OwnerOf } from '../../profile/rows-by-owner.js'
import type { FileRecord } from '../record/run-record.js'

export const attemptKey = (file: FileKey, index: number, attempt: number) =>
  `${testKey({ ...file, index })}\0${attempt}`
export const groupKey = (file: FileKey, group: number) => `${fileKey(file)}\0group ${group}`

export const ownedByFile: OwnerOf = scope => fileKey(scope)

/** A test with all attempts, or a concurrent group whose tests cannot be distinguished. */
export const ownedByTest: OwnerOf = scope =>
  scope.test === undefined ? ownedByGroup(scope) : testKey({ ...scope, index: scope.test })

export const ownedByAttempt: OwnerOf = scope =>
  scope.test === undefined ? undefined : attemptKey(scope, scope.test, scope.attempt)

export const ownedByGroup: OwnerOf = scope =>
  scope.group === undefined ? undefined : groupKey(scope, scope.group)

/** CPU time of each attempt, test and group, by key; none for a group whose tests can be distinguished. */
export function cpuByOwner(files: readonly FileRecord[]): ReadonlyMap<string, Microseconds> {
  const cpu = new Map<string, Microseconds>()
  for (const { projectId: project, path: file, recording } of files) {
    for (const { index, attempt, ownCpu } of recording?.tests ?? []) {
      increase(cpu, attemptKey({ project, file }, index, attempt), ownCpu)
      increase(cpu, testKey({ project, file, index }), ownCpu)
    }
    recording?.groups.forEach(({ times }, group) => {
      if (!recording.known.contexts) increase(cpu, groupKey({ project, file }, group), times.cpu)
    })
  }
  return cpu
}
