// What holds a sandbox, from real snapshots of a process that keeps some on purpose.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type HeapGraph, withHeapSnapshot } from '../../src/memory/heap-snapshot.js'
import { heldSandboxes } from '../../src/memory/holders.js'
import { KEPT_GLOBAL, KEPT_KEY } from '../../src/recording/memory-names.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Sandboxes by name: code that runs in one, with `require` and an outer object `shared`. Those of `MARKED` have a mark. */
const SANDBOXES = {
  timer: 'setInterval(function poll() { return big }, 1e6)',
  patched: "const http = require('http'); http.get = function get() { return big }",
  shared: 'shared.list = [function inList() { return big }]',
  array: "shared.pending = { 'x:80': [{ isUsed: true, onSocket() { return big } }] }",
  'second “quoted”\\': 'shared.second = function named() { return big }',
  cached: "require('./shared.cjs').waiting.push({ isUsed: true, then: [function settle() { return big }] })",
  'es module': 'Frames.all.push(function inFrames() { return big })',
  proto: "require('events').prototype.traced = function traced() { return big }",
  free: '(() => big)()',
  'weak value': 'shared.weak = new WeakMap([[{}, () => big]])',
}

const SCRIPT = `
const v8 = require('v8')
const vm = require('vm')
const shared = (globalThis.shared = {})
const refs = []
import('./frames.mjs').then(({ Frames }) => {
for (const [name, code] of Object.entries(${JSON.stringify(SANDBOXES)})) {
  const context = vm.createContext({ require, shared: name.startsWith('weak') ? new (class Holder {})() : shared, setInterval, Frames })
  vm.runInContext('const big = Array.from({ length: 20000 }, (_, i) => ({ i }));' + code, context, { filename: '/app/' + name + '.js' })
  refs.push([name, new WeakRef(vm.runInContext('globalThis', context))])
}
setImmediate(() => {
  v8.setFlagsFromString('--expose-gc')
  vm.runInNewContext('gc')()
  const flat = name => Object.keys({ [name]: true })[0]
  globalThis.marks = refs.flatMap(([name, ref]) => ref.deref() ? [{ [${JSON.stringify(KEPT_KEY)}]: flat(name), [${JSON.stringify(KEPT_GLOBAL)}]: ref.deref() }] : [])
  v8.writeHeapSnapshot(process.argv[2])
  process.exit()
})
})
`

const folder = temporaryFolder()
const snapshot = join(folder, 'process.heapsnapshot')

beforeAll(() => {
  const script = join(folder, 'process.cjs')
  writeFileSync(script, SCRIPT)
  writeFileSync(join(folder, 'shared.cjs'), 'exports.waiting = []')
  writeFileSync(join(folder, 'frames.mjs'), 'export class Frames {\n  static all = []\n  constructor() {}\n}')
  execFileSync(process.execPath, [script, snapshot])
}, 60_000)

const read = <T>(use: (graph: HeapGraph) => T) => withHeapSnapshot(snapshot, use)

describe('heldSandboxes', () => {
  test('names what holds each, and none that is free', () => {
    const held = read(heldSandboxes)
    const texts = held.map(({ key, path }) => `${key}: ${path.map(({ name }) => name).join(' › ')}`)
    expect(texts.toSorted()).toEqual([
      'array: global object of Jest’s process › shared › pending › onSocket',
      'cached: module.exports › waiting › settle',
      'es module: Frames › all › inFrames',
      'patched: node:http › get',
      'proto: EventEmitter.prototype › traced',
      'second “quoted”\\: global object of Jest’s process › shared › second › named',
      'shared: global object of Jest’s process › shared › list › inList',
      'timer: timer › poll',
    ])
  })

  test('has the place of the function that is held', () => {
    const timer = read(heldSandboxes).find(({ key }) => key === 'timer')
    const column =
      `const big = Array.from({ length: 20000 }, (_, i) => ({ i }));setInterval(function poll`.length + 1
    expect(timer?.path.at(-1)).toEqual({ name: 'poll', file: '/app/timer.js', line: 1, column, isHeld: true })
  })

  test('has the path of a module that was loaded outside of sandboxes', () => {
    const held = read(heldSandboxes).find(({ key }) => key === 'es module')
    expect(held?.path[0]).toMatchObject({ file: join(folder, 'frames.mjs'), line: 3, isHeld: false })
  })

  test('counts what each keeps, which is most of its objects', () => {
    // 20,000 objects of 28 bytes (with pointer compression 16) or more, and an array of them.
    for (const { retainedBytes } of read(heldSandboxes)) {
      expect(retainedBytes).toBeGreaterThan(400_000)
      expect(retainedBytes).toBeLessThan(10_000_000)
    }
  })
})

describe('withHeapSnapshot', () => {
  test('reads the same nodes, edges and strings as JSON.parse', () => {
    const whole = JSON.parse(readFileSync(snapshot, 'utf8'))
    const width = whole.snapshot.meta.node_fields.length
    read(({ nodes, edges, strings, places }) => {
      expect(nodes.count).toBe(whole.nodes.length / width)
      expect(edges.to.length).toBe(whole.edges.length / 3)
      expect(strings.count).toBe(whole.strings.length)
      expect(places.size).toBe(whole.locations.length / 4)
      const size = whole.snapshot.meta.node_fields.indexOf('self_size')
      for (const node of [0, 1, 17, nodes.count - 1])
        expect(nodes.size[node]).toBe(whole.nodes[node * width + size])
      for (const edge of [0, 99, edges.to.length - 1])
        expect(edges.to[edge]).toBe(whole.edges[edge * 3 + 2] / width)
      for (const index of [0, 5, whole.strings.length - 1])
        expect(strings.at(index)).toBe(whole.strings[index])
      for (const text of ['system / NativeContext', 'inList'])
        expect(strings.find(text)).toBe(whole.strings.indexOf(text))
      expect(strings.find('no such string in this heap')).toBeUndefined()
    })
  })

  test.each([
    ['{}', /it has no/],
    [
      '{"snapshot":{"meta":{"node_fields":["type"],"node_types":[["x"]],"edge_fields":["type"],"edge_types":[["x"]],"location_fields":[]},"node_count":1,"edge_count":0},"nodes":[1',
      /cut off/,
    ],
  ])('throws for a file that is no snapshot, or not a whole one', (text, message) => {
    const path = join(folder, 'damaged.heapsnapshot')
    writeFileSync(path, text)
    expect(() => withHeapSnapshot(path, () => undefined)).toThrow(message)
  })
})
