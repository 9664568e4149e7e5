import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { usersWakes } from '../../src/attribution/wakes.js'
import type { TestSpan } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import type { DrawnRecording } from '../support/recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, type DrawnWaits, withWaits } from '../support/waits.js'

/** Resources of test 0, which has ended, of test 1 (`own…`), which runs from 10 ms to 90 ms, or of no test. */
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

/** `time→resource` for each wake-up: the resource that explains it, with the time of its own wake-up when that is later. */
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

describe('usersWakes: a wake-up of the running test', () => {
  test.each<Name>(['own', 'ownInterval', 'nobodys', 'unread'])('explains the time before it: %s', name => {
    expect(
      explained([
        [20_000, name],
        [50_000, 'own'],
      ]),
    ).toEqual([`20000→${name}`, '50000→own'])
  })

  test('is ignored when its stack has none of the user’s code', () => {
    expect(
      explained([
        [20_000, 'node'],
        [30_000, 'turn'],
      ]),
    ).toEqual([])
  })
})

describe('usersWakes: a wake-up of a resource that is older than the running test', () => {
  test.each<Name>(['left', 'leftInterval', 'heartbeat'])(
    'by %s explains nothing when the test waits for something else',
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

  test('explains nothing when the resource has no owner and the test waits for something else', () => {
    expect(
      explained([
        [20_000, 'nobodys', 9000],
        [50_000, 'own'],
      ]),
    ).toEqual(['20000→own at 50000', '50000→own'])
  })

  test.each<Name>(['left', 'leftInterval', 'heartbeat'])(
    'by %s explains the wait when the test waits for nothing else',
    name => {
      expect(explained([[20_000, name, 500]])).toEqual([`20000→${name}`])
    },
  )

  test('explains the wait when the test starts its next resource only afterwards', () => {
    expect(
      explained([
        [20_000, 'left', 500],
        [50_000, 'own', 20_010],
      ]),
    ).toEqual(['20000→left', '50000→own'])
  })

  test('is attributed to a resource that was already pending, even if a newer one ended sooner', () => {
    expect(
      explained([
        [20_000, 'left', 500],
        [30_000, 'ownToo', 25_000],
        [50_000, 'own', 12_000],
      ]),
    ).toEqual(['20000→own at 50000', '30000→ownToo', '50000→own'])
  })

  test('by a background interval is attributed to another shared resource', () => {
    expect(
      explained([
        [20_000, 'heartbeat', 500],
        [30_000, 'left', 500],
        [40_000, 'heartbeat', 500],
      ]),
    ).toEqual(['20000→left at 30000', '30000→left', '40000→heartbeat'])
  })
})

describe('usersWakes: a wait is not attributed to a later wake-up', () => {
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

  test('in a hook after the test', () => {
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

  test('in the turn of the event loop that Jest adds after a test', () => {
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

describe('usersWakes of concurrent tests', () => {
  test('a wake-up of a test that has ended counts as waiting for the other tests of the group', () => {
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

test('usersWakes attributes each wake-up to a resource with a stack, which existed by then and wakes the loop then or later', () => {
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

describe('usersWakes: a repeating timer beside a single one', () => {
  const ticks = (from: number, to: number): [number, Name, number][] => {
    const times = Array.from({ length: (to - from) / 5000 + 1 }, (_, tick) => from + 5000 * tick)
    return times.map(time => [time, 'ownInterval', from - 1])
  }
  const blamed = (wakes: [number, Name, number?][]) =>
    explained(wakes.toSorted(([a], [b]) => a - b)).map(text => text.replace(/^\d+→/, ''))

  test('explains nothing when the single timer ends the wait', () => {
    expect(new Set(blamed([...ticks(15_000, 55_000), [60_000, 'own', 12_000]]))).toEqual(
      new Set(['own at 60000', 'own']),
    )
  })

  test('explains the wait when it stopped long before the single timer', () => {
    expect(new Set(blamed([...ticks(15_000, 35_000), [80_000, 'own', 12_000]]))).toEqual(
      new Set(['ownInterval', 'own']),
    )
  })

  test('explains the wait before the single timer was set', () => {
    expect(blamed([...ticks(15_000, 55_000), [60_000, 'own', 31_000]])).toEqual([
      ...['ownInterval', 'ownInterval', 'ownInterval', 'ownInterval'],
      ...Array.from({ length: 5 }, () => 'own at 60000'),
      'own',
    ])
  })

  test('is also recognized as a chain of timers that are each set after the last one’s callback, as in jsdom', () => {
    const chain = Array.from({ length: 7 }, (_, tick): [number, Name, number] => [
      ...([20_000 + 5000 * tick, tick === 0 ? 'ownAgain' : 'ownInterval', 17_000 + 5000 * tick] as const),
    ])
    expect(new Set(blamed([...chain, [55_000, 'own', 14_000]]))).toEqual(new Set(['own at 55000', 'own']))
  })

  test('explains nothing when it ticks once more after the single timer', () => {
    expect(new Set(blamed([...ticks(15_000, 55_000), [53_000, 'own', 12_000]]))).toEqual(
      new Set(['own at 53000', 'own', 'ownInterval']),
    )
  })

  test('explains nothing before each of several single timers in a row', () => {
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

  test('is also recognized when it is set again from the same place as the single timer', () => {
    const chain = Array.from({ length: 8 }, (_, tick): [number, Name, number] => [
      ...([20_000 + 5000 * tick, 'own', 15_001 + 5000 * tick] as const),
    ])
    expect(new Set(blamed([...chain, [60_000, 'own', 14_000]]))).toEqual(new Set(['own at 60000', 'own']))
  })
})
