// Any recording that the schemas allow can be resolved, stored, read and folded.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CATEGORIES } from '../../src/profile/profile.js'
import { RECORDING, type Recording, validateRawRecording } from '../../src/recording/recording.js'
import { RESOLVED_RECORDING, type ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { findIssue } from '../../src/schema/schema.js'
import { anyOfSchema } from '../support/any-of-schema.js'
import { violationsOf } from '../support/check-profile.js'

const anyRaw = anyOfSchema<Recording>(RECORDING)
const anyResolved = anyOfSchema<ResolvedRecording & Record<'paths' | 'names' | 'categories', string[]>>(
  RESOLVED_RECORDING.schema,
  {
    paths: fc.constantFrom('/project/a.js', '/project/b.test.js', 'node:fs', ''),
    categories: fc.constantFrom(...CATEGORIES),
  },
).map(({ paths, names, categories, ...recording }): ResolvedRecording => recording)

const stored = (recording: ResolvedRecording) =>
  JSON.parse(JSON.stringify(RESOLVED_RECORDING.pack(recording)))

describe('any recording that matches its schema', () => {
  test('can be stored and read back unchanged, and its stored form is valid', () => {
    fc.assert(
      fc.property(anyResolved, recording => {
        expect(findIssue(RESOLVED_RECORDING.schema, stored(recording))).toBeUndefined()
        expect(RESOLVED_RECORDING.unpack(stored(recording))).toEqual(recording)
      }),
      { numRuns: 200 },
    )
  })

  test('folds into a valid profile', () => {
    fc.assert(
      fc.property(anyResolved, recording => {
        const builder = new RunBuilder()
        builder.add(recording, 'a')
        expect(violationsOf(builder.build().profile)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('is valid as written by a worker, and after it is resolved', () => {
    fc.assert(
      fc.property(anyRaw, recording => {
        expect(validateRawRecording(JSON.parse(JSON.stringify(recording)))).toBeUndefined()
        const resolved = resolveRecording(recording, {
          maps: new SourceMaps(),
          profilerDirectory: '/profiler/',
        })
        expect(findIssue(RESOLVED_RECORDING.schema, stored(resolved))).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })
})
