import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { usersWakes } from '../../src/attribution/wakes.js'
import type { TestSpan } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import type { DrawnRecording } from '../support/recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, type DrawnWaits, withWaits } from '../support/waits.js'

/** Of the test that has ended, or of none; `own` is of the test that runs from 10 ms to 90 ms. */
const RESOURCES = {
  own: { stack: ['own'], test: 1 },
  ownToo: { stack: ['ownToo'], test: 1 },
  ownInterval: { stack: ['ownInterval'], test: 1, repeats: true },
  left: { kind: 'worker', stack: ['left'], test: 0 },
  leftInterval: { stack: ['leftInterval'], test: 0, repeats: true },
  nobodys: { stack: ['nobodys'] },
  ownAgain: { stack: ['ownInterval'], test: 1 },
  heartbeat: { stack: ['heartbeat'], repeats: true },
  unread: { stack: null, test: 1 },
  turn: { stack: [] },
  node: { kind: 'socket', stack: [] },
} satisfies Record<string, DrawnResource>

type Name = keyof typeof RESOURCES
const NAMES = Object.keys(RESOURCES) as Name[]

const TESTS: TestSpan[] = [
  span({ index: 0, start: 0, end: 10_000 }),
  span({ index: 1, start: 10_000, end: 90_000 }),
]

/** `time→what explains it`, with the time of that where it comes later. */
function explained(
  wakes: [time: number, name: Name, since?: number][],
  given: DrawnRecording = {},
): string[] {
  const drawn: DrawnWaits = {
    resources: Object.values(RESOURCES),
    wakes: wakes.map(([time, name, since = 11_000]) => [time, NAMES.indexOf(name), since]),
  }
  const recording = resolvedFromText('0\nidle', { tests: TESTS, header: { wallMicros: 100_000 }, ...given })
  return usersWakes(withWaits(recording, drawn)).map(({ time, resource, wokenAt }) => {
    const later = wokenAt === time ? '' : ` at ${wokenAt}`
    return `${time}→${NAMES[resource]}${later}`
  })
}

describe('a wake-up of the test that runs', () => {
  test.each<Name>(['own', 'ownInterval', 'nobodys', 'unread'])('explains the time before it: %s', name => {
    expect(
      explained([
        [20_000, name],
        [50_000, 'own'],
      ]),
    ).toEqual([`20000→${name}`, '50000→own'])
  })

  test('is none where nobody’s code is in its stack', () => {
    expect(
      explained([
        [20_000, 'node'],
        [30_000, 'turn'],
      ]),
    ).toEqual([])
  })
})

describe('what another test has left behind, or what was there before', () => {
  test.each<Name>(['left', 'leftInterval', 'heartbeat'])(
    '%s explains nothing if the test waits for something else',
    name => {
      expect(
        explained([
          [20_000, name, 500],
          [30_000, name, 500],
          [50_000, 'own'],
        ]),
      ).toEqual(['20000→own at 50000', '30000→own at 50000', '50000→own'])
    },
  )

  test('nor does what nobody started before the test began', () => {
    expect(
      explained([
        [20_000, 'nobodys', 9000],
        [50_000, 'own'],
      ]),
    ).toEqual(['20000→own at 50000', '50000→own'])
  })

  test.each<Name>(['left', 'leftInterval', 'heartbeat'])(
    '%s is what a test waited for that waits for nothing else',
    name => {
      expect(explained([[20_000, name, 500]])).toEqual([`20000→${name}`])
    },
  )

  test('is what a test waited for that started the next thing only then', () => {
    expect(
      explained([
        [20_000, 'left', 500],
        [50_000, 'own', 20_010],
      ]),
    ).toEqual(['20000→left', '50000→own'])
  })

  test('is explained by what was on its way, though something that came later ended sooner', () => {
    expect(
      explained([
        [20_000, 'left', 500],
        [30_000, 'ownToo', 25_000],
        [50_000, 'own', 12_000],
      ]),
    ).toEqual(['20000→own at 50000', '30000→ownToo', '50000→own'])
  })

  test('an interval in the background is no match for what tests share', () => {
    expect(
      explained([
        [20_000, 'heartbeat', 500],
        [30_000, 'left', 500],
        [40_000, 'heartbeat', 500],
      ]),
    ).toEqual(['20000→left at 30000', '30000→left', '40000→heartbeat'])
  })
})

describe('no test waits for what comes', () => {
  test('in another test', () => {
    const tests = [...TESTS, span({ index: 2, start: 90_000, end: 99_000 })]
    expect(
      explained(
        [
          [80_000, 'left', 500],
          [95_000, 'own'],
        ],
        { tests },
      )[0],
    ).toBe('80000→left')
  })

  test('in a hook after it', () => {
    const runs = { definition: [0], start: [60_000], end: [70_000], test: [1] }
    const hooks = { definitions: [{ type: 'afterEach' as const, describe: [], site: -1 }], runs }
    expect(
      explained(
        [
          [50_000, 'left', 500],
          [65_000, 'own'],
        ],
        { hooks },
      )[0],
    ).toBe('50000→left')
  })

  test('first in the turn that Jest gives the loop after a test', () => {
    expect(
      explained([
        [80_500, 'leftInterval', 500],
        [81_000, 'turn', 80_000],
      ]),
    ).toEqual([])
    expect(
      explained([
        [80_500, 'left', 500],
        [81_000, 'turn', 30_000],
      ]),
    ).toEqual(['80500→left'])
  })
})

describe('concurrent tests', () => {
  test('are one window: what has ended in it waits for the others', () => {
    const tests = [
      span({ index: 0, start: 0, end: 10_000, concurrent: true }),
      span({ index: 1, start: 0, end: 90_000, concurrent: true }),
    ]
    expect(
      explained(
        [
          [20_000, 'left', 500],
          [50_000, 'own', 500],
        ],
        { tests },
      ),
    ).toEqual(['20000→own at 50000', '50000→own'])
  })
})

test('what explains a wake-up comes no sooner, was created no later, and is a resource with a stack', () => {
  fc.assert(
    fc.property(anyRecording, recording => {
      const { waits } = recording
      const found = usersWakes(recording)
      expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).toSorted((a, b) => a - b))
      for (const { time, resource, wokenAt } of found) {
        expect(wokenAt).toBeGreaterThanOrEqual(time)
        expect(waits?.resources.stack[resource]).not.toEqual([])
        const sinces = waits?.wakes.since.filter(
          (_, wake) => waits.wakes.time[wake] === wokenAt && waits.wakes.resource[wake] === resource,
        )
        expect(Math.min(...(sinces ?? []))).toBeLessThanOrEqual(time)
      }
    }),
  )
})

describe('a timer that ticks beside one that fires once', () => {
  const ticks = (from: number, to: number): [number, Name, number][] => {
    const times = Array.from({ length: (to - from) / 5000 + 1 }, (_, tick) => from + 5000 * tick)
    return times.map(time => [time, 'ownInterval', from - 1])
  }
  const blamed = (wakes: [number, Name, number?][]) =>
    explained(wakes.toSorted(([a], [b]) => a - b)).map(text => text.replace(/^\d+→/, ''))

  test('explains nothing when that one ends the wait: each tick has asked without success', () => {
    expect(new Set(blamed([...ticks(15_000, 55_000), [60_000, 'own', 12_000]]))).toEqual(
      new Set(['own at 60000', 'own']),
    )
  })

  test('is what was waited for where it had stopped long before: its condition had come true', () => {
    expect(new Set(blamed([...ticks(15_000, 35_000), [80_000, 'own', 12_000]]))).toEqual(
      new Set(['ownInterval', 'own']),
    )
  })

  test('explains what comes before the other was set', () => {
    expect(blamed([...ticks(15_000, 55_000), [60_000, 'own', 31_000]])).toEqual([
      ...['ownInterval', 'ownInterval', 'ownInterval', 'ownInterval'],
      ...Array.from({ length: 5 }, () => 'own at 60000'),
      'own',
    ])
  })

  test('may be an interval that is made of timers, each set when the one before has done its work, as jsdom’s are', () => {
    const chain = Array.from({ length: 7 }, (_, tick): [number, Name, number] => [
      ...([20_000 + 5000 * tick, tick === 0 ? 'ownAgain' : 'ownInterval', 17_000 + 5000 * tick] as const),
    ])
    expect(new Set(blamed([...chain, [55_000, 'own', 14_000]]))).toEqual(new Set(['own at 55000', 'own']))
  })

  test('may find out only at its next tick that the time is over', () => {
    expect(new Set(blamed([...ticks(15_000, 55_000), [53_000, 'own', 12_000]]))).toEqual(
      new Set(['own at 53000', 'own', 'ownInterval']),
    )
  })

  test('ends with each of several limits, though the next begins at once', () => {
    const second: [number, Name, number][] = [45_000, 50_000, 55_000, 60_000, 65_000].map(time => [
      ...([time, 'ownInterval', 40_002] as const),
    ])
    const limits: [number, Name, number][] = [
      [40_000, 'own', 12_000],
      [68_000, 'own', 40_001],
    ]
    expect(new Set(blamed([...ticks(15_000, 35_000), ...second, ...limits]))).toEqual(
      new Set(['own at 40000', 'own', 'own at 68000']),
    )
  })

  test('may be one that is set again each time it fires, from the same place as the other', () => {
    const chain = Array.from({ length: 8 }, (_, tick): [number, Name, number] => [
      ...([20_000 + 5000 * tick, 'own', 15_001 + 5000 * tick] as const),
    ])
    expect(new Set(blamed([...chain, [60_000, 'own', 14_000]]))).toEqual(new Set(['own at 60000', 'own']))
  })
})
