import { expect, test } from '@jest/globals'
import { FrameTable } from '../../src/profile/code-tables.js'
import type { Frame } from '../../src/profile/profile.js'
import { drawnFrame } from '../support/profile-from-text.js'

const known: Frame = { ...drawnFrame('A'), file: '/project/a.ts', line: 2, column: 3, package: undefined }

test('an equal frame gets the same index', () => {
  const table = new FrameTable()
  expect([table.intern(known), table.intern({ ...known })]).toEqual([0, 0])
  expect(table.all).toEqual([known])
})

test.each<Partial<Frame>>([
  { name: 'B' },
  { file: '/project/b.ts' },
  { line: 3 },
  { column: 2 },
  { category: 'jest' },
  { package: 'a' },
  { generated: true },
])('a frame that differs in %j gets its own index', difference => {
  const table = new FrameTable()
  const other = { ...known, ...difference }
  expect([table.intern(known), table.intern(other), table.intern(known)]).toEqual([0, 1, 0])
  expect(table.all).toEqual([known, other])
})
