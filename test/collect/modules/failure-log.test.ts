import { describe, expect, test } from '@jest/globals'
import { type FailedTry, FailureLog } from '../../../src/collect/modules/failure-log.js'

const tried = (given: Partial<FailedTry> & Pick<FailedTry, 'module'>): FailedTry => ({
  ...{ isResolved: true, importer: '/p/a.test.js', start: 0, end: 10 },
  ...given,
})

describe('FailureLog', () => {
  test('adds up the attempts at each module, with its importers and the first line of the error', () => {
    const log = new FailureLog()
    log.add(new Error('no canvas\nat all'), tried({ module: '/p/canvas.js' }))
    const other = tried({ module: '/p/canvas.js', importer: '/p/b.js', start: 50, end: 55 })
    log.add(new Error('later'), other)
    log.add(new Error('later'), { ...other, importer: null, start: 60, end: 65 })
    expect(log.modules()).toEqual([
      {
        ...{ module: '/p/canvas.js', isResolved: true, tries: 3, micros: 20 },
        ...{ importers: ['/p/a.test.js', '/p/b.js'], error: 'no canvas' },
      },
    ])
  })

  test('attributes an error that passes through several modules to the first one', () => {
    const log = new FailureLog()
    const error = new Error('no canvas')
    log.add(error, tried({ module: '/p/canvas.js', start: 20, end: 30 }))
    log.add(error, tried({ module: '/p/middle.js', start: 10, end: 40 }))
    log.add(error, tried({ module: '/p/a.test.js', start: 0, end: 50, importer: null }))
    expect(log.modules().map(({ module, tries }) => [module, tries])).toEqual([['/p/canvas.js', 1]])
  })

  test('counts a module that requires a missing module as failed as well, with its own run time', () => {
    const log = new FailureLog()
    const error = new Error('not found')
    const missing = { module: './x.node', isResolved: false, importer: '/p/heavy.js', start: 90, end: 100 }
    log.add(error, missing)
    log.add(error, { ...missing, start: 89, end: 101 })
    log.add(error, tried({ module: '/p/heavy.js', start: 20, end: 110 }))
    log.add(error, tried({ module: '/p/a.test.js', start: 0, end: 120, importer: null }))
    expect(log.modules().map(({ module, tries, micros }) => [module, tries, micros])).toEqual([
      ['/p/x.node', 1, 10],
      ['/p/heavy.js', 1, 78],
    ])
  })

  test('counts the whole time of a request for a missing module, not only Jest’s first search', () => {
    const log = new FailureLog()
    const error = new Error('not found')
    const missing = { module: 'canvas', isResolved: false, importer: '/p/a.js', start: 10, end: 15 }
    log.add(error, missing)
    log.asked(error, { ...missing, start: 0, end: 50 })
    log.asked(new Error('found in no search of its own'), { ...missing, start: 60, end: 70 })
    expect(log.modules().map(({ module, tries, micros }) => [module, tries, micros])).toEqual([
      ['canvas', 2, 60],
    ])
  })

  test('counts each attempt at a module that throws the same error again', () => {
    const log = new FailureLog()
    const error = new Error('kept')
    log.add(error, tried({ module: '/p/canvas.js', start: 0, end: 10 }))
    log.add(error, tried({ module: '/p/canvas.js', start: 20, end: 30 }))
    expect(log.modules()).toMatchObject([{ tries: 2, micros: 20 }])
  })

  test('names a missing package as requested, and a missing file by its path', () => {
    const log = new FailureLog()
    const missing = { isResolved: false, importer: '/p/src/a.js' }
    log.add(new Error('x'), tried({ ...missing, module: 'canvas' }))
    log.add(new Error('x'), tried({ ...missing, module: '../local' }))
    expect(log.modules().map(({ module }) => module)).toEqual(['canvas', '/p/local'])
  })

  test('accepts any thrown value', () => {
    const log = new FailureLog()
    const hostile = {
      get message() {
        throw new Error('caught')
      },
    }
    const thrown = ['text', undefined, null, 5, hostile, { message: 1 }, Object.create(null)]
    thrown.forEach((error, index) => {
      log.add(error, tried({ module: `/p/${index}.js`, start: index * 20, end: index * 20 + 10 }))
    })
    const errors = log.modules().map(({ error }) => error)
    expect(errors).toEqual(['text', '', '', '5', '', '[object Object]', ''])
  })

  test('bounds its memory', () => {
    const log = new FailureLog()
    for (let index = 0; index < 1000; index++) {
      const importer = `/p/importer-${index}.js`
      const times = { start: index * 20, end: index * 20 + 10 }
      log.add(new Error('x'.repeat(10_000)), tried({ module: '/p/same.js', importer, ...times }))
      log.add(new Error('y'), tried({ module: `/p/${index}.js`, ...times }))
    }
    const [first] = log.modules()
    expect(log.modules()).toHaveLength(50)
    expect(first).toMatchObject({ tries: 1000 })
    expect(first?.importers).toHaveLength(5)
    expect(first?.error).toHaveLength(200)
  })
})
