// What a resource of async_hooks is in the user's words, and whose code created it. Stacks are read at the end, and only those of
// resources that ended a wait.

import type { ResourceKind } from '../../recording/wait-kinds.js'
import { type CapturedStack, callSitesOf, fileOfSite, isUsersFile, type SiteTable } from '../call-sites.js'

/** What can wake the loop up. */
export interface Resource {
  readonly type: string
  readonly stack: CapturedStack
  /** In whose callback it was created: its stack is used if that of the resource has none of the user's code. */
  readonly parent: Resource | undefined
  /** It works for a connection that an HTTP request has become: the part of Node's client in its stack is over. */
  readonly isUpgraded?: boolean
}

/** Frames that are shown of a stack. */
const SHOWN = 8

/** The user's frames in the stack of the resource or of its creators; the project's own if there are any. */
export function describeResource(
  resource: Resource,
  sites: SiteTable,
): { kind: ResourceKind; stack: number[] } {
  const files = resource.isUpgraded === true ? [] : callSitesOf(resource.stack).map(fileOfSite)
  const nodeModules = files.filter(file => file.startsWith('node:'))
  let shown: NodeJS.CallSite[] = []
  for (let known: Resource | undefined = resource; known !== undefined; known = known.parent) {
    const users = callSitesOf(known.stack).filter(site => isUsersFile(fileOfSite(site)))
    const isOwn = users.some(site => !PACKAGES.test(fileOfSite(site)))
    if (isOwn || shown.length === 0) shown = withOwnCalls(users)
    if (isOwn) break
  }
  return { kind: waitKind(resource.type, nodeModules), stack: shown.map(site => sites.add(site)) }
}

const PACKAGES = /[/\\]node_modules[/\\]/

/** The innermost frames; where a library takes them all, the project's first ones come after half of them. */
function withOwnCalls(users: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const firstOwn = users.findIndex(site => !PACKAGES.test(fileOfSite(site)))
  if (firstOwn < SHOWN / 2) return users.slice(0, SHOWN)
  return [...users.slice(0, SHOWN / 2), ...users.slice(firstOwn, firstOwn + SHOWN / 2)]
}

/**
 * https://nodejs.org/api/async_hooks.html#type, https://github.com/nodejs/node/blob/v24.0.0/src/async_wrap.h.
 * A pipe is a socket, or the output of a child process: the stack that created it shows which.
 */
const KINDS: readonly [kind: ResourceKind, types: RegExp][] = [
  ['timer', /^Timeout$/],
  ['HTTP request', /^HTTP(?:CLIENTREQUEST|INCOMINGMESSAGE)|^HTTP2/],
  ['child process', /^PROCESSWRAP$/],
  ['socket', /^(?:TCP|TLS|PIPE|UDP|STREAM|JSSTREAM|WRITE|SHUTDOWN|QUIC)/],
  ['file system', /^(?:FS|FILEHANDLE|STATWATCHER|DIRHANDLE)/],
  ['DNS', /^(?:GETADDRINFO|GETNAMEINFO|QUERY|DNSCHANNEL)/],
  ['worker', /^(?:WORKER|MESSAGEPORT)/],
  ['compression', /^ZLIB|^BROTLI|^ZSTD/],
  ['cryptography', /REQUEST$|^(?:HASH|SIGN|KEY|CRYPTO)/],
]

const BY_MODULE: readonly [kind: ResourceKind, module: RegExp][] = [
  ['child process', /^node:(?:internal\/)?child_process$/],
  ['HTTP request', /^node:(?:_http_client|internal\/deps\/undici|internal\/http2)/],
  ['DNS', /^node:(?:internal\/)?dns/],
]

/** What never lets the event loop sleep, and is created by the thousand. */
export const NEVER_WAITED_FOR: ReadonlySet<string> = new Set([
  'PROMISE',
  'TickObject',
  'Microtask',
  'Immediate',
  // Made again for every file by packages that clean up at exit; no code waits for a signal.
  'SIGNALWRAP',
])

/** `nodeModules`: the `node:` files in the stack that created it; reading one takes some 20 µs. */
export function waitKind(type: string, nodeModules: readonly string[] = []): ResourceKind {
  const [byType = `other (${type})` as const] = KINDS.find(([, types]) => types.test(type)) ?? []
  if (byType !== 'socket') return byType
  const [byModule = byType] =
    BY_MODULE.find(([, module]) => nodeModules.some(file => module.test(file))) ?? []
  return byModule
}
