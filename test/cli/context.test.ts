import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { reportErrors } from '../../src/cli/context.js'
import { UserError } from '../../src/errors/user-error.js'

describe('reportErrors', () => {
  let written = ''
  const { exitCode } = process

  beforeEach(() => {
    written = ''
    jest.spyOn(process.stderr, 'write').mockImplementation(text => {
      written += text
      return true
    })
  })

  afterEach(() => {
    jest.restoreAllMocks()
    process.exitCode = exitCode
  })

  const outcome = async (error: unknown) => {
    await reportErrors(() => {
      throw error
    })
    const { exitCode: code } = process
    return { written, code }
  }

  test('reports errors that the user can fix in one line, and sets exit code 2', async () => {
    expect(await outcome(new UserError('jest-profiler: no.'))).toEqual({
      written: 'jest-profiler: no.\n',
      code: 2,
    })
    const refused = Object.assign(new Error("EACCES: permission denied, open 'a.json'"), { code: 'EACCES' })
    expect(await outcome(refused)).toMatchObject({
      written: expect.stringMatching(
        /jest-profiler: EACCES: permission denied, open 'a\.json'\. Fix this and try again\.\n$/,
      ),
      code: 2,
    })
  })

  test('writes no control characters of what an error quotes', async () => {
    const quoting = new UserError(['jest-profiler: a\u001b[2J\nb.', '\u0007c'])
    expect(await outcome(quoting)).toEqual({ written: 'jest-profiler: a b.\n c\n', code: 2 })
  })

  test('rethrows bugs', async () => {
    await expect(outcome(new TypeError('a bug'))).rejects.toThrow('a bug')
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT' })
    await expect(outcome(missing)).rejects.toBe(missing)
    expect(written).toBe('')
  })
})
