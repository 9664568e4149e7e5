// Which request a socket works for: the last request or write on it. Its own stack is that of an earlier request if it was pooled.

// Imported by name: tests that replace it on the module do not affect us.
import { type Channel, channel } from 'node:diagnostics_channel'
import { ownerOf } from './handle-owner.js'

/**
 * Held here, because Node only has weak references to channels. If a channel is collected after one file and created again for the
 * next, Node 20 removes the new one as well, and its `fetch` publishes to another: https://github.com/nodejs/node/pull/59910
 */
const CHANNELS = {
  // From Node 22.12 on. `http.client.request.start` is older, but when it is published, the user's code is no longer on the stack.
  created: channel('http.client.request.created'),
  fetchCreated: channel('undici:request:create'),
  fetchSent: channel('undici:client:sendHeaders'),
}

interface ClientSocket {
  _httpMessage?: object | null
  parser?: object | null
  listenerCount?(event: string): number
}

/** Writes that are remembered until their socket is known, which is after their creation. */
const RECENT = 16

export class Requests<Entry> {
  readonly #capture: (request: object) => Entry | undefined
  readonly #byRequest = new WeakMap<object, Entry>()
  readonly #bySocket = new WeakMap<object, Entry>()
  readonly #byHandle = new WeakMap<object, Entry>()
  /** Sockets that became connections of another protocol. */
  readonly #upgraded = new WeakSet<object>()
  readonly #recent: { write: { handle?: object }; entry: Entry }[] = []
  readonly #subscriptions: [channel: Channel, listener: (message: unknown) => void][]

  /** `capture` is called in the stack of the code that makes a request. It returns undefined if enough of them are recorded. */
  constructor(capture: (request: object) => Entry | undefined) {
    this.#capture = capture
    const created = (message: unknown) => this.#created(message)
    this.#subscriptions = [
      [CHANNELS.created, created],
      [CHANNELS.fetchCreated, created],
      [CHANNELS.fetchSent, message => this.#sent(message)],
    ]
  }

  subscribe(): void {
    for (const [channel, listener] of this.#subscriptions) channel.subscribe(listener)
  }

  unsubscribe(): void {
    for (const [channel, listener] of this.#subscriptions) channel.unsubscribe(listener)
  }

  /** A write began; the stack is that of the code that writes. */
  wrote(write: object, entry: Entry): void {
    this.#recent.push({ write, entry })
    if (this.#recent.length > RECENT) this.#recent.shift()
  }

  /** What is awaited when a resource wakes up; undefined if it is the resource itself. */
  of(resource: object): Entry | undefined {
    const { req } = resource as { req?: unknown }
    if (typeof req === 'object' && req !== null) {
      const entry = this.#byRequest.get(req)
      if (entry !== undefined) return entry
    }
    const socket = ownerOf(resource) as ClientSocket | undefined
    if (socket === undefined) return undefined
    if (this.#isUpgraded(socket)) return this.#lastWrite(resource)
    const message = socket._httpMessage
    const byMessage = message ? this.#byRequest.get(message) : undefined
    return byMessage ?? this.#bySocket.get(socket) ?? this.#lastWrite(resource)
  }

  /** Whether a resource is a connection that a request was upgraded to, such as a WebSocket: the request itself was answered long ago. */
  isOfUpgraded(resource: object): boolean {
    const socket = ownerOf(resource)
    return socket !== undefined && this.#isUpgraded(socket)
  }

  #isUpgraded(socket: ClientSocket): boolean {
    if (this.#upgraded.has(socket)) return true
    // Node's client has released it and its agent no longer knows it; pooled sockets stay known:
    // https://github.com/nodejs/node/blob/v24.0.0/lib/_http_client.js (socketOnData)
    if (socket.parser !== null || socket._httpMessage !== null) return false
    return socket.listenerCount?.('agentRemove') === 0
  }

  #created(message: unknown): void {
    const { request } = message as { request: object }
    if (this.#byRequest.has(request)) return
    const entry = this.#capture(request)
    if (entry !== undefined) this.#byRequest.set(request, entry)
  }

  #sent(message: unknown): void {
    const { request, socket } = message as { request: object; socket?: object }
    const entry = this.#byRequest.get(request)
    if (socket !== undefined && 'upgrade' in request && request.upgrade) this.#upgraded.add(socket)
    else if (entry !== undefined && socket !== undefined) this.#bySocket.set(socket, entry)
  }

  #lastWrite(handle: object): Entry | undefined {
    const found = this.#recent.findLast(({ write }) => write.handle === handle)
    if (found !== undefined) this.#byHandle.set(handle, found.entry)
    return this.#byHandle.get(handle)
  }
}
