import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { countOpen, openSince } from '../../../src/collect/handles/open-handles.js'
import { OpenResources } from '../../../src/collect/handles/open-resources.js'

/** Node's class of timers has the properties that are asked for; sandboxes have the same. */
const timer = (ms: number) => setTimeout(() => {}, ms)

test('timers that have fired, were cleared or have no reference keep nothing alive', async () => {
  const open = new OpenResources()
  const kept = timer(60_000)
  const others = [timer(1), timer(60_000).unref(), timer(60_000)]
  clearTimeout(others[2])
  for (const one of [...others, kept]) open.add('Timeout', one)
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(open.all).toEqual([kept])
  clearTimeout(kept)
  clearTimeout(others[1])
  expect(open.all).toEqual([])
})

test('thousands of closed timers are forgotten, and what is open is kept', () => {
  const open = new OpenResources()
  const kept = timer(60_000)
  open.add('Timeout', kept)
  for (let index = 0; index < 5000; index++) {
    const other = timer(60_000)
    open.add('Timeout', other)
    clearTimeout(other)
  }
  expect(open.all).toEqual([kept])
  clearTimeout(kept)
})

test('types that keep no process alive, and methods that throw, are left out', () => {
  const open = new OpenResources()
  open.add('TickObject', { hasRef: () => true })
  open.add('TCPWRAP', {
    hasRef() {
      throw new Error('mocked')
    },
  })
  open.add('TCPWRAP', { hasRef: () => true, [Symbol('owner_symbol')]: { fd: 1 } })
  expect(open.all).toEqual([])
  const socket = { hasRef: () => true, [Symbol('owner_symbol')]: { fd: null } }
  open.add('TCPWRAP', socket)
  expect(open.all).toEqual([socket])
})

test('without their stacks, resources are counted by kind', async () => {
  const before = countOpen()
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const found = openSince(before).filter(({ kind }) => kind === 'server')
  expect(found).toMatchObject([{ kind: 'server', stack: null, test: -1, count: 1 }])
  expect(found[0]?.isOpen()).toBe(true)
  await new Promise(resolve => server.close(resolve))
  // The handle is closed in the next turn of the loop.
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(found[0]?.isOpen()).toBe(false)
})
