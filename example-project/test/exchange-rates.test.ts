// In the profile: four requests, one after the other, where src/exchange-rates.ts could send them all at once.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { exchangeRates } from '../src/exchange-rates'

let office: ChildProcess
let url: string

beforeAll(async () => {
  office = fork(join(__dirname, 'exchange-office.js'))
  const [port] = await once(office, 'message')
  url = `http://127.0.0.1:${port}`
})

afterAll(() => {
  office.kill()
})

test('tells the rates of four currencies', async () => {
  await expect(exchangeRates(url, ['EUR', 'CHF', 'SEK', 'JPY'])).resolves.toEqual(
    new Map([
      ['EUR', 1.17],
      ['CHF', 1.12],
      ['SEK', 13.2],
      ['JPY', 190],
    ]),
  )
})

test('a currency that the office does not deal in is an error', async () => {
  await expect(exchangeRates(url, ['XAU'])).rejects.toThrow('no rate for XAU')
})
