// Keeps our calls out of the stacks that users see: what a failing test shows is what it shows without us. Stacks are formatted by
// what Jest has put in place for that; it is handed the calls without ours.
// https://github.com/nodejs/node/blob/v24.0.0/lib/internal/errors.js (prepareStackTraceCallback)

const OWN_FOLDER = new URL('../', import.meta.url).href
const OWN_PATH = decodeURI(OWN_FOLDER.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, ''))

/** V8 keeps so many frames and no more: of ours there are fewer than these, so that all of the others are kept. */
const OURS_AT_MOST = 16

type Prepare = NonNullable<typeof Error.prepareStackTrace>

interface FrameLimit {
  /** As readers of stacks expect it. */
  readonly asked: number
  readonly raised: number
}

// Module state: Jest's own realm outlives a test file.
const preparing = new WeakSet<Prepare>()
const limits = new WeakMap<ErrorConstructor, FrameLimit>()
/** That of the latest file, which must not be kept for it. */
let sandbox: WeakRef<ErrorConstructor> | undefined

/** The formatter of the sandbox, whose `Error` this is, and that of Jest's own realm, which formats stacks of sandboxes without one. */
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

/** A limit that was set in the meantime stays in force. */
function cut(sites: NodeJS.CallSite[], realm: ErrorConstructor): NodeJS.CallSite[] {
  const limit = limits.get(realm)
  return limit !== undefined && realm.stackTraceLimit === limit.raised ? sites.slice(0, limit.asked) : sites
}

/** What stands between two of our calls, such as Node's, is called by us. */
function withoutOwn(sites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const own = sites.map(isOwn)
  if (!own.includes(true)) return sites
  return sites.filter((site, index) => {
    if (own[index]) return false
    if (!site.getFileName()?.startsWith('node:')) return true
    return !([-1, 1] as const).every(step => own[nextOfOthers(sites, index, step)])
  })
}

/** Position of the next call in that direction that is not Node's. */
function nextOfOthers(sites: readonly NodeJS.CallSite[], from: number, step: -1 | 1): number {
  let index = from + step
  while (sites[index]?.getFileName()?.startsWith('node:')) index += step
  return index
}

function isOwn(site: NodeJS.CallSite): boolean {
  const file = site.getFileName() ?? ''
  return file.startsWith(OWN_FOLDER) || file.startsWith(OWN_PATH)
}
