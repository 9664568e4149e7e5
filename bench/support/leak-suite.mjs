// A suite of test files that leak and of files that do not. Code is written for CommonJS; for ES modules its imports are rewritten.

/** Each leaks in another way: the code, and what must be named of its holder. */
export const LEAKING = {
  patched: {
    code: `const https = require('node:https')
https.request = (original => function request(...args) { kept.push(args); return original(...args) })(https.request)`,
    holder: /node:https › request/,
  },
  listener: {
    code: `const http = require('node:http')
http.globalAgent.on('free', function onFree() { kept.length = 0 })`,
    holder: /node:http › globalAgent › free › onFree/,
  },
  'process-listener': {
    code: `const events = require('node:events')
events.constructor.constructor('return process')().on('beforeExit', function onEnd() { kept.length = 0 })`,
    holder: /beforeExit › onEnd/,
  },
  agent: {
    code: `const https = require('node:https')
https.globalAgent.createConnection = function connect() { return kept }`,
    holder: /node:https › globalAgent › createConnection › connect/,
  },
  'agent-requests': {
    code: `const http = require('node:http')
http.globalAgent.requests['x:80:'] = [{ onSocket() { return kept } }]`,
    holder: /node:http › globalAgent › requests/,
  },
  interval: {
    code: `const timers = require('node:timers')
timers.setInterval(function poll() { kept.length }, 60000).unref()`,
    holder: /timer › poll/,
  },
  outer: {
    code: `const events = require('node:events')
const outer = events.constructor.constructor('return globalThis')()
outer.registry = [() => kept]`,
    holder: /global object of Jest’s process › registry/,
  },
  environment: {
    code: 'shared.push(function inEnvironment() { return kept })',
    holder: /inEnvironment/,
  },
  channel: {
    code: `const channels = require('node:diagnostics_channel')
channels.subscribe('app', function onMessage() { kept.length = 0 })`,
    holder: /onMessage/,
  },
  prototype: {
    code: `const events = require('node:events')
events.prototype.traced = function traced() { return kept }`,
    holder: /traced/,
  },
  'async-storage': {
    code: `const hooks = require('node:async_hooks')
hooks.createHook({ destroy: function onDestroy() { kept.length = 0 } }).enable()`,
    holder: /onDestroy/,
  },
  'file-watcher': {
    code: `const fs = require('node:fs')
fs.watch('.', { persistent: false }, function onChange() { kept.length = 0 })`,
    holder: /onChange/,
  },
}

/** None of them is kept, though some leave something behind for a while, and two make the heap grow. */
const CLEAN = {
  nothing: '',
  stdin: 'process.stdin',
  timer: 'setTimeout(() => kept, 200)',
  immediate: `const timers = require('node:timers')
timers.setImmediate(() => kept)`,
  server: `const http = require('node:http')
const server = http.createServer(() => kept)
afterAll(done => { server.listen(0, () => server.close(done)) })`,
  removed: `const http = require('node:http')
const listen = () => kept
http.globalAgent.on('free', listen)
afterAll(() => { http.globalAgent.off('free', listen) })`,
  promise: `const never = new Promise(() => {})
never.then(() => kept)`,
  weak: `const events = require('node:events')
new WeakMap().set(events, () => kept)`,
  fake: `jest.useFakeTimers()
setTimeout(() => kept, 1e6)`,
  emitter: `const events = require('node:events')
new events.EventEmitter().on('x', () => kept)`,
  'grows-texts': `texts.push('x'.repeat(4e6) + kept.length)`,
  'grows-module': `const path = require('node:path')
path.cached = Buffer.alloc(64).toString('hex').repeat(5e4)`,
}

/** `modules`: commonjs or esm. Files by path, of a suite with an environment of its own. */
export function leakSuite({ environment, modules }) {
  const extension = modules === 'esm' ? 'mjs' : 'cjs'
  const tests = [
    ...Object.entries(LEAKING).map(([name, { code }]) => [`leak-${name}`, code]),
    ...Object.entries(CLEAN).map(([name, code]) => [`clean-${name}`, code]),
  ]
  return {
    'jest.config.cjs': `module.exports = require('jest-profiler').withProfiler({
  testEnvironment: './environment.cjs',
  testSequencer: './sequencer.cjs',
  testMatch: ['**/*.test.?js'],
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  transform: {},
}, { memory: true, artifacts: ['json'] })
`,
    'environment.cjs': `const { TestEnvironment } = require('jest-environment-${environment}')
const [shared, texts] = [[], []]
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup()
    Object.assign(this.global, { shared, texts })
  }
}
`,
    'sequencer.cjs': `const { basename } = require('node:path')
const order = require('./order.json')
const Sequencer = require('@jest/test-sequencer').default
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => order.indexOf(basename(a.path)) - order.indexOf(basename(b.path)))
  }
}
`,
    ...Object.fromEntries(
      tests.map(([name, code]) => [`test/${name}.test.${extension}`, sourceOf(code, modules)]),
    ),
  }
}

function sourceOf(code, modules) {
  const [first, ...rest] = [...code.split('\n'), PASSES]
  const lines =
    first.startsWith('const ') && rest.length > 1 ? [first, KEPT, ...rest] : [KEPT, first, ...rest]
  if (modules !== 'esm') return lines.join('\n')
  const imported = lines.join('\n').replace(/^const (\w+) = require\('(.*)'\)$/m, "import $1 from '$2'")
  return `import { jest } from '@jest/globals'\n${imported}`
}

/** The line of the leak, which is the last of the code, in its test file. */
export function lineOfLeak(shape, modules) {
  return LEAKING[shape].code.split('\n').length + (modules === 'esm' ? 2 : 1)
}

const KEPT = 'const kept = Array.from({ length: 1000 }, (_, i) => ({ i }))'
const PASSES = "test('passes', () => { expect(kept.length).toBe(1000) })\n"
