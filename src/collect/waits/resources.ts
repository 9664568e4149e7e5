// The kind of an async_hooks resource and the code that created it. Only stacks of resources that ended a wait are read.

import type { ResourceKind } from '../../recording/wait-kinds.js'
import type { SiteTable } from '../call-sites.js'
import type { CreationStack } from './creation-stack.js'

/** A resource that can wake the event loop. */
export interface Resource {
  readonly type: string
  readonly stack: CreationStack
  /** The resource in whose callback it was created. Its stack is used if the resource's own stack has no user code. */
  readonly parent: Resource | undefined
  /** Whether it works for an upgraded connection: the HTTP client in its stack does not describe it any more. */
  readonly isUpgraded?: boolean
}

/** User frames in the stack of the resource or its creators; those of the project if there are any. */
export function describeResource(
  resource: Resource,
  sites: SiteTable,
): { kind: ResourceKind; stack: readonly number[] } {
  const { nodeModules } = resource.stack.frames(sites)
  const kind = waitKind(resource.type, resource.isUpgraded === true ? [] : nodeModules)
  let shown: readonly number[] = []
  for (let known: Resource | undefined = resource; known !== undefined; known = known.parent) {
    const frames = known.stack.frames(sites)
    if (frames.isOwn) return { kind, stack: frames.sites }
    if (shown.length === 0) shown = frames.sites
  }
  return { kind, stack: shown }
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

/** Resource types that never keep the event loop asleep, and are created by the thousand. */
export const NEVER_WAITED_FOR: ReadonlySet<string> = new Set([
  'PROMISE',
  'TickObject',
  'Microtask',
  'Immediate',
  // Created for every file by packages that clean up at exit; no test waits for a signal.
  'SIGNALWRAP',
])

/** `nodeModules`: the `node:` files in the stack that created it, which take about 20 µs to read. */
export function waitKind(type: string, nodeModules: readonly string[] = []): ResourceKind {
  const [byType = `other (${type})` as const] = KINDS.find(([, types]) => types.test(type)) ?? []
  if (byType !== 'socket') return byType
  const [byModule = byType] =
    BY_MODULE.find(([, module]) => nodeModules.some(file => module.test(file))) ?? []
  return byModule
}
