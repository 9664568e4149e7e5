// Names for the owners of time that the report speaks of.

import type { OwnerOf } from '../analysis/functions-by-owner.js'

interface FileKey {
  project: string
  file: string
}

export const fileKey = ({ project, file }: FileKey) => `${project}\0${file}`
export const testKey = (file: FileKey, test: number) => `${fileKey(file)}\0test ${test}`
export const attemptKey = (file: FileKey, test: number, attempt: number) =>
  `${testKey(file, test)}\0${attempt}`
export const groupKey = (file: FileKey, group: number) => `${fileKey(file)}\0group ${group}`

export const ownedByFile: OwnerOf = scope => fileKey(scope)

/** A test, whatever its attempt, or a concurrent group. */
export const ownedByTest: OwnerOf = scope => {
  if (scope.group !== undefined) return groupKey(scope, scope.group)
  return scope.test === undefined ? undefined : testKey(scope, scope.test)
}

/** One attempt at a test, or a concurrent group. */
export const ownedByAttempt: OwnerOf = scope => {
  if (scope.group !== undefined) return groupKey(scope, scope.group)
  return scope.test === undefined ? undefined : attemptKey(scope, scope.test, scope.attempt)
}
