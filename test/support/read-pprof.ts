// Reads a gzipped pprof profile by its definition alone, and throws on violations.
// https://github.com/google/pprof/blob/main/proto/profile.proto

import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'

interface ReadSample {
  /** Names from the outermost to the innermost function. */
  stack: string
  /** `file:line` of the innermost function. */
  where: string
  /** Values by sample type. */
  values: Record<string, number>
  labels: Record<string, string>
}

export interface ReadPprof {
  profile: Profile
  samples: ReadSample[]
  text: (index: number | bigint) => string
}

export function readPprof(bytes: Uint8Array): ReadPprof {
  const profile = Profile.decode(gunzipSync(bytes))
  const text = (index: number | bigint) => {
    const found = profile.stringTable.strings[Number(index)]
    if (found === undefined) throw new Error(`there is no string ${index}`)
    return found
  }
  if (text(0) !== '') throw new Error('the first string is not empty')
  const functions = byId('function', profile.function)
  const locations = byId('location', profile.location)
  const types = profile.sampleType.map(({ type }) => text(type))
  const samples = profile.sample.map(({ locationId, value, label }) => {
    if (value.length !== types.length) throw new Error(`a sample has ${value.length} values`)
    const lines = locationId.map(id => known('location', locations, id).line.at(0))
    const called = lines.map(line => known('function', functions, line?.functionId ?? 0))
    const names = called.map(({ name }) => text(name)).toReversed()
    return {
      stack: names.join(' > '),
      where: `${text(called[0]?.filename ?? 0)}:${lines[0]?.line}`,
      values: Object.fromEntries(types.map((type, index) => [type, Number(value[index])])),
      labels: Object.fromEntries(label.map(({ key, str }) => [text(key), text(str)])),
    }
  })
  return { profile, samples, text }
}

function byId<T extends { id: number | bigint }>(what: string, rows: readonly T[]): Map<number, T> {
  const found = new Map(rows.map(row => [Number(row.id), row]))
  if (found.size !== rows.length) throw new Error(`two rows of ${what} have one id`)
  if (found.has(0)) throw new Error(`a ${what} has the id 0`)
  return found
}

function known<T>(what: string, rows: ReadonlyMap<number, T>, id: number | bigint): T {
  const row = rows.get(Number(id))
  if (row === undefined) throw new Error(`there is no ${what} ${id}`)
  return row
}
