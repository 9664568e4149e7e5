import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { HandleWatch } from '../../../src/collect/handles/handle-watch.js'
import type { OpenHandle } from '../../../src/collect/handles/open-handles.js'
import { HANDLES_EXTENSION, parseHandleNote } from '../../../src/recording/handle-note.js'
import { RunHandles } from '../../../src/run/run-handles.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const FILE = { projectId: 'p', testPath: '/app/a.test.js' }

function watched({ byType = false } = {}) {
  const folder = temporaryFolder()
  const watch = new HandleWatch(folder)
  const state = { isOpen: true, looks: 0 }
  const handle: OpenHandle = {
    kind: 'timer',
    stack: [0],
    test: -1,
    count: 1,
    byType,
    isOpen() {
      state.looks++
      return state.isOpen
    },
  }
  watch.fileEnded(FILE, [handle])
  const note = () => {
    const [name = ''] = readdirSync(folder).filter(file => file.endsWith(HANDLES_EXTENSION))
    return parseHandleNote(readFileSync(join(folder, name), 'utf8'))
  }
  const fate = (hasEndedWorkers = true) => {
    const [record] = new RunHandles(folder).record({ endedMs: Date.now(), hasEndedWorkers })
    return record?.rows[0]
  }
  return { watch, state, note, fate }
}

test('what is closed a moment after its test file was open for no time', () => {
  const { watch, state, note, fate } = watched()
  state.isOpen = false
  watch.look()
  expect(note()?.files).toMatchObject([{ ...FILE, heldMs: [0], isOpen: [false] }])
  expect(fate()).toEqual({ heldMs: 0, end: 'closed' })
})

test('what a worker that did not end by itself has open is why Jest ended it by force, if it did', async () => {
  const { watch, note, fate } = watched()
  await sleep(110)
  watch.look()
  expect(note()?.files[0]?.isOpen).toEqual([true])
  expect(fate()?.end).toBe('force')
  expect(fate()?.heldMs).toBeGreaterThanOrEqual(100)
  expect(fate(false)?.end).toBe('open')
})

test('what was open until the process ended kept it alive', async () => {
  const { watch, state, fate } = watched()
  await watch.settle()
  state.isOpen = false
  watch.exits()
  expect(fate()?.end).toBe('exit')
  expect(fate()?.heldMs).toBeGreaterThanOrEqual(100)
})

test('what is only counted is not asked for once another test file runs', () => {
  const counted = watched({ byType: true })
  counted.watch.fileBegins()
  counted.watch.look()
  expect(counted.state.looks).toBe(1)
  const known = watched()
  known.watch.fileBegins()
  known.watch.look()
  expect(known.state.looks).toBe(2)
})

test('text that is no note is none', () => {
  expect(parseHandleNote('{"files":[')).toBeUndefined()
  expect(parseHandleNote('{"processId":1,"threadId":0,"exitedMs":null,"files":[null]}')).toBeUndefined()
  expect(parseHandleNote('null')).toBeUndefined()
})
