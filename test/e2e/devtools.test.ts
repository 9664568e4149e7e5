// Chrome DevTools shows the calls in a `.cpuprofile` of a file or a test in chronological order.

import { expect, test } from '@jest/globals'
import { toFileCpuProfile } from '../../src/formats/profiles/cpuprofile.js'
import { resolvedFromText, span } from '../support/recording.js'
import { describeInChromium } from './support/chromium.js'
import { readInDevTools } from './support/devtools-model.js'

const MS = 1000
const RECORDING = resolvedFromText(
  `
  0      10000  30000  40000  60000
  load   A      A      idle   B
         B
  `,
  {
    header: { wallMicros: 80 * MS },
    tests: [span({ index: 0, start: 10 * MS, end: 50 * MS })],
  },
)

describeInChromium('Chrome DevTools', newPage => {
  test('draws the calls of a file in chronological order', async () => {
    const { calls } = await readInDevTools(await newPage(), toFileCpuProfile(RECORDING))
    const first = calls[0]?.start ?? 0
    const drawn = calls.map(
      ({ name, depth, start, duration }) => `${depth} ${name} ${start - first}+${duration}`,
    )
    expect(drawn.filter(call => !/\((?:root|idle|program)\)/.test(call))).toEqual([
      '0 load 0+10',
      '0 A 10+30',
      '1 B 10+20',
      // DevTools gives the last sample the mean length of the others, regardless of the profile's end.
      '0 B 60+15',
    ])
  })

  test('draws for one test only the calls in it', async () => {
    const { calls } = await readInDevTools(await newPage(), toFileCpuProfile(RECORDING, RECORDING.tests[0]))
    const names = new Set(calls.map(({ name }) => name))
    expect(names.has('A')).toBe(true)
    expect(names.has('load')).toBe(false)
  })
})
