// Every profile format is read back by a third-party program: each function has the self time that was recorded.

import { afterAll, describe, expect } from '@jest/globals'
import { toCollapsed } from '../../src/formats/profiles/collapsed.js'
import { toFileCpuProfile, toRunCpuProfile } from '../../src/formats/profiles/cpuprofile.js'
import { toFirefox } from '../../src/formats/profiles/firefox.js'
import { toPprof } from '../../src/formats/profiles/pprof.js'
import { toSpeedscope } from '../../src/formats/profiles/speedscope.js'
import { toTrace } from '../../src/formats/profiles/trace.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { drawnRun } from '../support/drawn-run.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type FormatReader, READERS } from './support/format-readers.js'
import { findReader, testWith } from './support/readers.js'

const MS = 1000
const RECORDING = resolvedFromText(
  `
  0       10000   20000   30000   40000   50000   60000
  load    prices  prices  prices  idle    prices  prices
                  total   total
                          add[dependency:lodash]
  `,
  {
    header: { wallMicros: 70 * MS, samplingIntervalMicros: 10 * MS },
    tests: [span({ index: 0, name: ['cart', 'adds up'], start: 10 * MS, end: 70 * MS })],
  },
)

/** Self times of the functions in milliseconds. */
const SELF = { load: 10, prices: 30, total: 10, add: 10 }

/** Names that a reader may mistake for code of another language, for markup or for a list. */
const ODD: Readonly<Record<string, string>> = {
  load: '<static_initializer>',
  prices: '[Symbol.iterator](a)',
  total: '<img src=x>',
  add: 'ünï 漢字',
}

type Run = ReturnType<typeof drawnRun>

interface Row {
  readonly format: string
  readonly file: string
  readonly reader: keyof typeof READERS
  readonly write: (run: Run, recording: ResolvedRecording) => string | Uint8Array
  /** The name that the reader shows for a function; by default the function's name. */
  readonly shown?: (name: string, file: string) => string
  /** The content of an empty recording, when the reader refuses it as a profile. */
  readonly nothing?: string
}

const FORMATS: readonly Row[] = [
  {
    format: 'cpuprofile of a run',
    file: 'profile.cpuprofile',
    reader: 'Chrome DevTools',
    write: ({ profile }) => toRunCpuProfile(profile),
  },
  {
    format: 'cpuprofile of a file',
    file: 'a.test.js.cpuprofile',
    reader: 'Chrome DevTools',
    write: (_, recording) => toFileCpuProfile(recording),
  },
  {
    format: 'speedscope',
    file: 'profile.speedscope.json',
    reader: 'speedscope',
    write: ({ profile, report }) => toSpeedscope(profile, report),
  },
  {
    format: 'collapsed',
    file: 'profile.collapsed.txt',
    reader: 'speedscope',
    write: ({ profile, report }) => toCollapsed(profile, report),
    shown: (name, file) => `${name} ${file}:1`,
    nothing: '',
  },
  {
    format: 'pprof',
    file: 'profile.pb.gz',
    reader: 'go tool pprof',
    write: ({ profile, report }) => toPprof(profile, report),
  },
  {
    format: 'firefox',
    file: 'profile.firefox.json',
    reader: 'the Firefox Profiler',
    write: ({ profile, report }) => toFirefox(profile, report),
    // The reader shows a package like a library.
    shown: (name, file) => (file.startsWith('node_modules/') ? `${file.split('/')[1]}!${name}` : name),
  },
  {
    format: 'trace',
    file: 'profile.trace.json',
    reader: 'Chrome’s performance panel',
    write: ({ profile, report }) => toTrace(profile, report),
  },
]

const started = new Map<string, FormatReader | undefined>()
for (const [name, start] of Object.entries(READERS))
  started.set(name, await findReader<FormatReader>(name, start))

afterAll(async () => {
  for (const reader of started.values()) await reader?.close()
})

function renamed(names: Readonly<Record<string, string>>): ResolvedRecording {
  const frames = RECORDING.frames.map(frame => ({ ...frame, name: names[frame.name] ?? frame.name }))
  return { ...RECORDING, frames }
}

/** The displayed file of each function. */
const FILES = new Map(RECORDING.frames.map(({ name, file }) => [name, file.replace('/project/', '')]))

describe.each(FORMATS)('the format $format in $reader', row => {
  const { file, reader, write, shown = name => name, nothing } = row
  const testWithReader = testWith(started.get(reader))
  const expectedAs = (nameOf: (name: string) => string) =>
    Object.fromEntries(
      Object.entries(SELF).map(([name, ms]) => [shown(nameOf(name), FILES.get(name) ?? ''), ms]),
    )

  testWithReader('has the self time of every function', async ({ selfMs }) => {
    const content = write(drawnRun([RECORDING]), RECORDING)
    expect(await selfMs(content, file)).toEqual(expectedAs(name => name))
  })

  testWithReader('shows unusual names as they are', async ({ selfMs }) => {
    const recording = renamed(ODD)
    const content = write(drawnRun([recording]), recording)
    expect(await selfMs(content, file)).toEqual(expectedAs(name => ODD[name] ?? name))
  })

  testWithReader('can be read when nothing was recorded', async ({ selfMs }) => {
    const content = write(drawnRun([]), resolvedFromText(''))
    if (nothing === undefined) expect(await selfMs(content, file)).toEqual({})
    else expect(content).toBe(nothing)
  })
})
