// In the profile: waiting for a child process, which in printNow of src/receipt-printer.ts blocks the thread.
// It pays for src/labels/index.ts, too: all that it needs of it is a heading.

import { expect, test } from '@jest/globals'
import { print, printNow } from '../src/receipt-printer'

const RECEIPT = ['2 × teapot             £37.00', 'Total                  £37.00'].join('\n')

test('a receipt is printed while the customer looks on', () => {
  expect(printNow(RECEIPT)).toBe('4 lines printed')
})

test('a receipt is printed in the background', async () => {
  await expect(print(RECEIPT)).resolves.toBe('4 lines printed')
})
