// What a resource of async_hooks is in the user's words.

import type { ResourceKind } from '../../recording/wait-kinds.js'

/**
 * https://nodejs.org/api/async_hooks.html#type, https://github.com/nodejs/node/blob/v24.0.0/src/async_wrap.h.
 * A pipe is a socket, or the output of a child process: the stack that created it tells.
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
  // Made again for every file by packages that clean up at exit; nobody sleeps until a signal comes.
  'SIGNALWRAP',
])

/** `nodeModules`: the `node:` files in the stack that created it. */
export function waitKind(type: string, nodeModules: readonly string[]): ResourceKind {
  const byType = KINDS.find(([, types]) => types.test(type))?.[0]
  if (byType !== undefined && byType !== 'socket' && byType !== 'timer') return byType
  if (byType === 'socket') {
    const byModule = BY_MODULE.find(([, module]) => nodeModules.some(file => module.test(file)))?.[0]
    return byModule ?? byType
  }
  return byType ?? `other (${type})`
}
