import Module from 'node:module'
import { expect, test } from '@jest/globals'
import { replaceRequired, withExport } from '../../src/jest/required-modules.js'

const required = (request: string, filename: string | null = null) =>
  (Module as unknown as { _load(request: string, parent: object | null): unknown })._load(
    request,
    filename === null ? null : { filename },
  )

test('replaceRequired replaces a module for the given importers, until it ends', () => {
  const path = required('node:path')
  const end = replaceRequired([
    { request: 'path', askedBy: /\/jest-worker\//, replace: (exports, asker) => ({ exports, asker }) },
  ])
  const replaced = { exports: path, asker: '/a/jest-worker/index.js' }
  expect(required('path', replaced.asker)).toEqual(replaced)
  expect(required('node:path', replaced.asker)).toEqual(replaced)
  expect(required('node:path', '/a/other/index.js')).toBe(path)
  expect(required('node:path')).toBe(path)
  expect(required('node:os', replaced.asker)).toBe(required('node:os'))
  end()
  expect(required('node:path', replaced.asker)).toBe(path)
})

test('replaceRequired keeps a loader that was installed later when it ends', () => {
  const loader = Module as unknown as { _load: (...args: unknown[]) => unknown }
  const before = loader._load
  const end = replaceRequired([{ request: 'path', askedBy: /^/, replace: () => 'ours' }])
  const ours = loader._load
  const theirs = (...args: unknown[]) => ours.apply(loader, args)
  loader._load = theirs
  expect(required('node:path')).toBe('ours')
  end()
  expect(loader._load).toBe(theirs)
  expect(required('node:path')).not.toBe('ours')
  loader._load = before
})

test('withExport replaces one export, and keeps getters, hidden exports and the original object', () => {
  const exports: { first: number; readonly second: number } = {
    first: 1,
    get second() {
      return this.first * 2
    },
  }
  Object.defineProperty(exports, '__esModule', { value: true })
  const replaced = withExport(exports, 'first', 21)
  expect([replaced.first, replaced.second, Reflect.get(replaced, '__esModule')]).toEqual([21, 42, true])
  expect(exports).toEqual({ first: 1, second: 2 })
})
