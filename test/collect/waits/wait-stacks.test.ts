import { describe, expect, test } from '@jest/globals'
import { SiteTable } from '../../../src/collect/call-sites.js'
import { CreationStack } from '../../../src/collect/waits/creation-stack.js'
import { describeResource, type Resource } from '../../../src/collect/waits/resources.js'

/** A resource whose stack has frames in these files, innermost first. */
function resource(type: string, files: string[], parent?: Resource): Resource {
  const stack = files.map((file, line) => ({
    getFileName: () => file,
    getFunctionName: () => 'f',
    getLineNumber: () => line + 1,
    getColumnNumber: () => 1,
  }))
  return { type, stack: new CreationStack({ stack }), parent }
}

/** The resource as `kind: files`. */
function described(entry: Resource): string {
  const sites = new SiteTable()
  const { kind, stack } = describeResource(entry, sites)
  const files: string[] = []
  const { script } = sites.columns(file => files.push(file) - 1)
  return `${kind}: ${stack.map(site => files[script[site] ?? -1]).join(' ')}`
}

const library = (count: number) =>
  Array.from({ length: count }, (_, depth) => `/p/node_modules/lib/${depth}.js`)

describe('describeResource', () => {
  test('returns the frames that are neither Node’s nor Jest’s', () => {
    const files = ['node:net', '/p/a.js', 'node:events', '/p/a.test.js', '/p/node_modules/jest-circus/run.js']
    expect(described(resource('TCPWRAP', files))).toBe('socket: /p/a.js /p/a.test.js')
  })

  test('returns the frames of the nearest creator when a resource has none of its own', () => {
    const creator = resource('TCPWRAP', ['/p/a.test.js'])
    const between = resource('TickObject', ['node:internal/process'], creator)
    expect(described(resource('FSREQCALLBACK', ['node:fs'], between))).toBe('file system: /p/a.test.js')
  })

  test('prefers a creator with the project’s frames to frames that are all in packages', () => {
    const creator = resource('Timeout', ['/p/a.test.js'])
    expect(described(resource('Timeout', library(1), creator))).toBe('timer: /p/a.test.js')
    expect(described(resource('Timeout', library(1), resource('Timeout', library(2))))).toBe(
      'timer: /p/node_modules/lib/0.js',
    )
  })

  test('keeps the kind of the resource itself when the stack is a creator’s', () => {
    const creator = () => resource('Timeout', ['/p/a.test.js', 'node:_http_client'])
    expect(described(resource('TCPWRAP', ['node:net'], creator()))).toBe('socket: /p/a.test.js')
    expect(described(resource('TCPWRAP', ['node:_http_client'], creator()))).toBe(
      'HTTP request: /p/a.test.js',
    )
  })

  test('returns no frames when no stack has the user’s code', () => {
    expect(described(resource('Timeout', ['node:timers'], resource('Timeout', [])))).toBe('timer: ')
  })

  test('returns at most eight frames, including the project’s behind a library’s', () => {
    const own = [
      '/p/a.js',
      '/p/b.js',
      '/p/c.js',
      '/p/d.js',
      '/p/e.js',
      '/p/f.js',
      '/p/g.js',
      '/p/h.js',
      '/p/i.js',
    ]
    expect(described(resource('Timeout', own))).toBe(`timer: ${own.slice(0, 8).join(' ')}`)
    expect(described(resource('Timeout', [...library(20), ...own]))).toBe(
      `timer: ${[...library(4), ...own.slice(0, 4)].join(' ')}`,
    )
  })
})
