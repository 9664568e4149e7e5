// In the profile: the first test leaves its sign in the window, whose timer works on in the second one; on purpose.

import { afterAll, expect, test } from '@jest/globals'
import { type OpeningHours, untilOpen, WindowSign } from '../src/opening-hours'

const WEEKDAYS: OpeningHours = Object.fromEntries(
  ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map(weekday => [weekday, ['09:00', '17:30']]),
)
const MONDAY_NIGHT = new Date('2024-03-04T21:00:00Z')
const SOON_TUESDAY_NINE = new Date('2024-03-05T08:59:59.850Z')

let sign: WindowSign | undefined

afterAll(() => {
  sign?.takeDown()
})

test('the sign tells how long it is until the shop opens', () => {
  sign = new WindowSign(WEEKDAYS, () => MONDAY_NIGHT)
  expect(sign.text).toBe('We open in 720 minutes')
})

test('who comes early waits until the shop opens', async () => {
  const cameAt = performance.now()
  await untilOpen(WEEKDAYS, SOON_TUESDAY_NINE)
  expect(performance.now() - cameAt).toBeGreaterThan(140)
})
