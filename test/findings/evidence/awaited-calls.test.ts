import { describe, expect, test } from '@jest/globals'
import { awaitedCalls } from '../../../src/findings/evidence/awaited-calls.js'
import { parseModule } from '../../../src/findings/syntax.js'

const SOURCE = `import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/dom'
const { save } = require('../src/save')
test('types', async () => {
  const user = userEvent.setup()
  await user.type(await screen.findByRole('textbox'), 'text')
  await save()
  await expect(save()).resolves.toBe(1)
  items.map(async () => await user.tab())
})
test.each([1])('returns %d', function () {
  return waitFor(() => done)
})
`
const awaited = (line: number, owner: string) =>
  awaitedCalls(parseModule('a.test.js', SOURCE)?.body ?? [], line, owner).map(
    call => `${call.name} ${call.line}`,
  )

describe('awaitedCalls', () => {
  test('are those of the test on the line that may be the package’s', () => {
    expect(awaited(4, '@testing-library/user-event')).toEqual(['type 6'])
    expect(awaited(4, '@testing-library/dom')).toEqual(['type 6', 'findByRole 6'])
    expect(awaited(11, '@testing-library/dom')).toEqual(['waitFor 12'])
  })

  test('are none where no call with a function begins on the line', () => {
    expect(awaited(5, '@testing-library/user-event')).toEqual([])
    expect(awaited(99, 'any')).toEqual([])
  })
})
