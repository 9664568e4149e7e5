// Removes our calls from the stacks that users see: a failing test shows the same as without the profiler. Jest's formatter of stacks
// gets the calls without ours.
// https://github.com/nodejs/node/blob/v24.0.0/lib/internal/errors.js (prepareStackTraceCallback)

import { pathToFileURL } from 'node:url'
import { OWN_FOLDER } from '../own-files.js'

const OWN_URL = pathToFileURL(OWN_FOLDER).href
const OWN_PATH = decodeURI(OWN_URL.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, ''))

/** Additional frames that V8 keeps, more than ours, so that all others remain. */
const OURS_AT_MOST = 16

type Prepare = NonNullable<typeof Error.prepareStackTrace>

interface FrameLimit {
  /** The limit without us. */
  readonly asked: number
  readonly raised: number
}

// Module state: the realm of Jest outlives a test file.
const preparing = new WeakSet<Prepare>()
const limits = new WeakMap<ErrorConstructor, FrameLimit>()
/** The `Error` of the latest test file's sandbox, held weakly. */
let sandbox: WeakRef<ErrorConstructor> | undefined

/** Wraps the formatters of a sandbox, given its `Error`, and of Jest's realm, which formats stacks of sandboxes without a formatter. */
export function hideOwnFrames(ofSandbox: ErrorConstructor): void {
  const realms = [ofSandbox, Error]
  sandbox = new WeakRef(ofSandbox)
  for (const realm of realms) raiseLimit(realm)
  for (const realm of realms) {
    const { prepareStackTrace: before } = realm
    if (typeof before !== 'function' || preparing.has(before)) continue
    const prepare = preparer(before)
    preparing.add(prepare)
    realm.prepareStackTrace = prepare
  }
}

function preparer(before: Prepare): Prepare {
  return (error, sites) => {
    const current = sandbox?.deref()
    const realm = current !== undefined && error instanceof current ? current : Error
    return before(error, cut(withoutOwn(sites), realm))
  }
}

function raiseLimit(realm: ErrorConstructor): void {
  const { stackTraceLimit: asked } = realm
  if (typeof asked !== 'number' || limits.get(realm)?.raised === asked) return
  const raised = asked + OURS_AT_MOST
  limits.set(realm, { asked, raised })
  realm.stackTraceLimit = raised
}

/** Applies the limit without us, unless another limit was set in the meantime. */
function cut(sites: NodeJS.CallSite[], realm: ErrorConstructor): NodeJS.CallSite[] {
  const limit = limits.get(realm)
  return limit !== undefined && realm.stackTraceLimit === limit.raised ? sites.slice(0, limit.asked) : sites
}

/** Also removes Node's calls between two of ours, which we made. */
function withoutOwn(sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const own = sites.map(isOwn)
  if (!own.includes(true)) return sites
  return sites.filter((site, index) => {
    if (own[index]) return false
    if (!site.getFileName()?.startsWith('node:')) return true
    return !([-1, 1] as const).every(step => own[nextOfOthers(sites, index, step)])
  })
}

/** Returns the position of the next call in that direction that is not Node's. */
function nextOfOthers(sites: readonly NodeJS.CallSite[], from: number, step: -1 | 1): number {
  let index = from + step
  while (sites[index]?.getFileName()?.startsWith('node:')) index += step
  return index
}

function isOwn(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? ''
  return file.startsWith(OWN_URL) || file.startsWith(OWN_PATH)
}
