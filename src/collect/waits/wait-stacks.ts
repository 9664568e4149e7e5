// What a resource of async_hooks is, and whose code it leads to: read at the end, and only of what ended a wait.

import type { ResourceKind } from '../../recording/wait-kinds.js'
import { type CapturedStack, callSitesOf, fileOfSite, isUsersFile, type SiteTable } from '../call-sites.js'
import { waitKind } from './wait-kinds.js'

/** What can wake the loop up. */
export interface Resource {
  readonly type: string
  readonly stack: CapturedStack
  /** In whose callback it was created: its stack has to serve where that of the resource leads to nobody's own code. */
  readonly parent: Resource | undefined
  /** It works for a connection that an HTTP request has become: what Node's client is in its stack for is over. */
  readonly isUpgraded?: boolean
}

/** Frames that are shown of a stack. */
const SHOWN = 8

/** The user's frames, of the resource itself or of what created it: the project's own if there are any. */
export function describeResource(
  resource: Resource,
  sites: SiteTable,
): { kind: ResourceKind; stack: number[] } {
  const kind = waitKind(
    resource.type,
    resource.isUpgraded === true
      ? []
      : callSitesOf(resource.stack)
          .map(fileOfSite)
          .filter(file => file.startsWith('node:')),
  )
  let shown: NodeJS.CallSite[] = []
  for (let known: Resource | undefined = resource; known !== undefined; known = known.parent) {
    const users = callSitesOf(known.stack).filter(site => isUsersFile(fileOfSite(site)))
    const isOwn = users.some(site => !PACKAGES.test(fileOfSite(site)))
    if (isOwn || shown.length === 0) shown = withOwnCalls(users)
    if (isOwn) break
  }
  return { kind, stack: shown.map(site => sites.add(site)) }
}

/** As far as it can be told without reading a stack, which takes some 20 µs. */
export function kindWithoutStack({ type }: Resource): ResourceKind {
  return waitKind(type, [])
}

const PACKAGES = /[/\\]node_modules[/\\]/

/** The innermost frames; where a library takes them all, the project's first ones come after half of them. */
function withOwnCalls(users: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const firstOwn = users.findIndex(site => !PACKAGES.test(fileOfSite(site)))
  if (firstOwn < SHOWN / 2) return users.slice(0, SHOWN)
  return [...users.slice(0, SHOWN / 2), ...users.slice(firstOwn, firstOwn + SHOWN / 2)]
}
