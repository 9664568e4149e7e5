import { spawn } from 'node:child_process'
import diagnostics from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, test } from '@jest/globals'
import { SiteTable } from '../../../src/collect/call-sites.js'
import { monotonicMicros } from '../../../src/collect/clock.js'
import { Requests } from '../../../src/collect/waits/requests.js'
import { WaitLog } from '../../../src/collect/waits/wait-log.js'

/** Has the description of Node's own symbol, by which that is found. */
const OWNER = Symbol('owner_symbol')

/** Works in a process without `--expose-gc` as well. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function subscribed() {
  let captured = 0
  const requests = new Requests(() => `entry ${++captured}`)
  requests.subscribe()
  ends.push(() => requests.unsubscribe())
  const publish = (channel: string, message: object) => diagnostics.channel(channel).publish(message)
  return { requests, publish }
}

describe('Requests', () => {
  test('attributes a resource that carries a request to that request', () => {
    const { requests, publish } = subscribed()
    const [one, two] = [{}, {}]
    publish('http.client.request.created', { request: one })
    publish('http.client.request.created', { request: two })
    expect([requests.of({ req: two }), requests.of({ req: one })]).toEqual(['entry 2', 'entry 1'])
    expect(requests.of({ req: {} })).toBeUndefined()
  })

  test('attributes a request to where it was created, not to where it was sent', () => {
    const { requests, publish } = subscribed()
    const request = {}
    publish('http.client.request.created', { request })
    publish('http.client.request.start', { request })
    expect(requests.of({ req: request })).toBe('entry 1')
  })

  test('attributes a pooled socket to its current request', () => {
    const { requests, publish } = subscribed()
    const [one, two] = [{}, {}]
    const socket: { _httpMessage?: object | null } = { _httpMessage: one }
    const handle = { [OWNER]: socket }
    publish('http.client.request.created', { request: one })
    publish('http.client.request.created', { request: two })
    expect(requests.of(handle)).toBe('entry 1')
    socket._httpMessage = two
    expect(requests.of(handle)).toBe('entry 2')
    socket._httpMessage = null
    expect(requests.of(handle)).toBeUndefined()
  })

  test('attributes a socket of fetch to the request whose headers it sent last', () => {
    const { requests, publish } = subscribed()
    const [one, two, socket] = [{}, {}, {}]
    const handle = { [OWNER]: socket }
    publish('undici:request:create', { request: one })
    publish('undici:request:create', { request: two })
    for (const [request, entry] of [
      [one, 'entry 1'],
      [two, 'entry 2'],
    ] as const) {
      publish('undici:client:sendHeaders', { request, socket })
      expect(requests.of(handle)).toBe(entry)
    }
  })

  test('attributes any other socket to its last writer, regardless of other sockets', () => {
    const { requests } = subscribed()
    const handle = { [OWNER]: {} }
    const other = { [OWNER]: {} }
    requests.wrote({ handle }, 'first')
    requests.wrote({ handle }, 'second')
    expect(requests.of(handle)).toBe('second')
    for (let write = 0; write < 100; write++) requests.wrote({ handle: other }, 'other')
    expect([requests.of(handle), requests.of(other)]).toEqual(['second', 'other'])
  })

  describe('an upgraded connection', () => {
    /** A socket as Node's client leaves it: without a parser, a message or an agent's listener. */
    const given = (others: object = {}) => ({
      ...{ _httpMessage: null, parser: null, listenerCount: () => 0 },
      ...others,
    })

    test('of Node’s client is attributed to its writer', () => {
      const { requests } = subscribed()
      const handle = { [OWNER]: given() }
      expect([requests.isOfUpgraded(handle), requests.of(handle)]).toEqual([true, undefined])
      requests.wrote({ handle }, 'writer')
      expect(requests.of(handle)).toBe('writer')
    })

    test.each([
      ['a request is under way', { _httpMessage: {}, parser: {} }],
      ['an answer is being read', { parser: {} }],
      ['its agent keeps it for the next request', { listenerCount: () => 1 }],
      ['it never carried a request', { parser: undefined, _httpMessage: undefined }],
    ])('is not recognized when %s', (_what, others) => {
      const { requests } = subscribed()
      expect(requests.isOfUpgraded({ [OWNER]: given(others) })).toBe(false)
    })

    test('of fetch is recognized by its request, and is no longer attributed to it', () => {
      const { requests, publish } = subscribed()
      const [plain, upgrading, socket] = [{}, { upgrade: 'websocket' }, {}]
      const handle = { [OWNER]: socket }
      for (const request of [plain, upgrading]) publish('undici:request:create', { request })
      publish('undici:client:sendHeaders', { request: plain, socket })
      expect([requests.isOfUpgraded(handle), requests.of(handle)]).toEqual([false, 'entry 1'])
      publish('undici:client:sendHeaders', { request: upgrading, socket })
      expect([requests.isOfUpgraded(handle), requests.of(handle)]).toEqual([true, undefined])
    })

    test('is not recognized on a resource without a socket', () => {
      const { requests } = subscribed()
      expect([requests.isOfUpgraded({}), requests.isOfUpgraded({ [OWNER]: 7 })]).toEqual([false, false])
    })
  })

  test('attributes a resource without a socket to no request', () => {
    const { requests } = subscribed()
    expect([requests.of({}), requests.of({ [OWNER]: 7 }), requests.of({ req: 'text' })]).toEqual([
      ...[undefined, undefined, undefined],
    ])
  })

  test('records a request of a later file after a garbage collection', async () => {
    subscribed().requests.unsubscribe()
    await sleep(5)
    collectGarbage()
    const { requests } = subscribed()
    // Node removes a collected channel only now.
    await sleep(20)
    const request = {}
    diagnostics.channel('undici:request:create').publish({ request })
    expect(requests.of({ req: request })).toBe('entry 1')
  })

  test('records no request after unsubscribe', () => {
    const { requests, publish } = subscribed()
    requests.unsubscribe()
    const request = {}
    publish('http.client.request.created', { request })
    expect(requests.of({ req: request })).toBeUndefined()
  })
})

describe('requests of this process', () => {
  /** A server in another process, so that nothing of it wakes this one up: on a busy machine its answer may arrive in the same turn. */
  async function serving(): Promise<number> {
    const serve = `require('http').createServer((_, response) => setTimeout(() => response.end('answer'), 15))
      .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
    const server = spawn(process.execPath, ['-e', serve])
    ends.push(() => server.kill())
    const [printed] = await once(server.stdout, 'data')
    return Number(printed)
  }

  function recordedWaits() {
    const sites = new SiteTable()
    const log = new WaitLog(sites)
    const start = monotonicMicros()
    log.start({ current: -1, hasEnded: () => false })
    ends.push(() => log.stop())
    /** Names of the innermost functions of all requests that woke the loop, each once. */
    return () => {
      log.stop()
      const { resources, wakes } = log.columns(start)
      const { name } = sites.columns(() => 0)
      const woken = new Set(wakes.resource)
      return resources.stack.flatMap((stack, resource) => {
        const isRequest = resources.kind[resource] === 'HTTP request' && woken.has(resource)
        return isRequest ? (name[stack?.[0] ?? -1] ?? 'nobody') : []
      })
    }
  }

  test('that share a socket are distinguished by the function that made them', async () => {
    const port = await serving()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    ends.push(() => agent.destroy())
    const read = recordedWaits()
    const answer =
      (resolve: (socket: unknown) => void) => (response: NodeJS.ReadableStream & { socket: unknown }) => {
        response.resume().on('end', () => resolve(response.socket))
      }
    const requestFirst = (resolve: (socket: unknown) => void) =>
      get({ port, host: '127.0.0.1', agent }, answer(resolve))
    const requestAgain = (resolve: (socket: unknown) => void) =>
      get({ port, host: '127.0.0.1', agent }, answer(resolve))
    const sockets = [await new Promise(requestFirst), await new Promise(requestAgain)]
    expect(sockets[0]).toBe(sockets[1])
    const names = read()
    expect(names).toContain('requestFirst')
    expect(names).toContain('requestAgain')
  })

  test('that were upgraded are no longer waited for', async () => {
    const server = createServer()
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
      socket.on('data', data => setTimeout(() => socket.write(data), 15))
      socket.on('end', () => socket.end())
      socket.on('error', () => {})
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => new Promise(resolve => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    const headers = { Connection: 'Upgrade', Upgrade: 'echo' }
    const socket = await new Promise<Duplex>(resolve => {
      get({ port, host: '127.0.0.1', headers }).on('upgrade', (_response, connection) => resolve(connection))
    })
    // Destroy the socket before the server closes, which would wait for it.
    ends.unshift(() => socket.destroy())
    const read = recordedWaits()
    const answers = once(socket, 'data')
    socket.write('hello')
    expect(String((await answers)[0])).toBe('hello')
    expect(read()).toEqual([])
  })

  test('by fetch are attributed to the function that called it', async () => {
    const port = await serving()
    const read = recordedWaits()
    async function load() {
      const response = await fetch(`http://127.0.0.1:${port}/`)
      return await response.text()
    }
    expect(await load()).toBe('answer')
    expect(read()).toContain('load')
  })

  test('over a connection that an earlier test file left open are attributed to the function that makes them', async () => {
    const port = await serving()
    const load = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()
    const readEarlier = recordedWaits()
    // The second request opens a connection, too.
    for (let request = 0; request < 3; request++) await load()
    readEarlier()
    const sites = new SiteTable()
    const log = new WaitLog(sites)
    const start = monotonicMicros()
    log.start({ current: -1, hasEnded: () => false })
    expect(await load()).toBe('answer')
    log.stop()
    const { resources, wakes } = log.columns(start)
    const { name } = sites.columns(() => 0)
    // The answer ends the longest pause; that the request was written ends a short one.
    const pauses = wakes.time.map((time, index) => time - (wakes.time[index - 1] ?? 0))
    const ended = wakes.resource[pauses.indexOf(Math.max(...pauses))] ?? -1
    expect(Math.max(...pauses)).toBeGreaterThan(10_000)
    expect(resources.kind[ended]).toBe('HTTP request')
    expect(name[resources.stack[ended]?.[0] ?? -1]).toBe('load')
  })
})
