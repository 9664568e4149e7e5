import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ActivityNote, FileActivity } from '../../src/collect/activity-note.js'
import type { CircusHook, CircusTest } from '../../src/jest/circus.js'
import { Activities, activityText } from '../../src/running/activities.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const root = { type: 'describeBlock', name: 'ROOT_DESCRIBE_BLOCK', children: [], hooks: [] } as const
const block = { ...root, name: 'cart', parent: root }
const TEST = { type: 'test', name: 'adds', parent: block } as unknown as CircusTest
const hook = (type: CircusHook['type']) => ({ type, parent: block }) as unknown as CircusHook

test('a process notes what its test file is doing', () => {
  const folder = temporaryFolder()
  const file = new FileActivity(new ActivityNote(folder), { projectId: 'p', testPath: '/app/a.test.js' })
  const now = () => [...new Activities(folder).now().values()].map(activityText)
  const seen = [now()]
  const steps = [
    () => file.hookBegins(hook('beforeAll')),
    () => file.testBegins(TEST),
    () => file.hookBegins(hook('beforeEach')),
    () => file.functionBegins(),
    () => file.testEnds(),
    () => file.tearsDown(),
    () => file.ends(),
  ]
  for (const step of steps) {
    step()
    seen.push(now())
  }
  expect(seen).toEqual([
    ['loading'],
    ['hook beforeAll'],
    ['hook beforeAll'],
    ['hook beforeEach of “cart › adds”'],
    ['test “cart › adds”'],
    ['test “cart › adds”'],
    ['teardown'],
    [],
  ])
})

test('text that is no note is left out', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'activity-1-0.activity'), '{"projectId":"p","testPa')
  writeFileSync(join(folder, 'activity-2-0.activity'), '{"projectId":1}')
  expect(new Activities(folder).now().size).toBe(0)
})

test('a note of a process that died with its test file is only what it did last', () => {
  const folder = temporaryFolder()
  const file = new FileActivity(new ActivityNote(folder), { projectId: 'p', testPath: '/app/a.test.js' })
  file.testBegins(TEST)
  file.functionBegins()
  const activities = new Activities(folder)
  expect(activities.now().size).toBe(1)
  activities.ended('/app/a.test.js')
  expect(activities.now().size).toBe(0)
  expect(activities.lastOf('/app/a.test.js')).toMatchObject({
    note: expect.stringMatching(/\.activity$/),
    activity: { doing: 'test', name: ['cart', 'adds'] },
  })
  expect(activities.lastOf('/app/b.test.js')).toBeUndefined()
})

test('a note that is closed takes no more', () => {
  const folder = temporaryFolder()
  const note = new ActivityNote(folder)
  const file = new FileActivity(note, { projectId: 'p', testPath: '/app/a.test.js' })
  note.close()
  note.close()
  file.testBegins(TEST)
  file.functionBegins()
  expect([...new Activities(folder).now().values()].map(activityText)).toEqual(['loading'])
})
