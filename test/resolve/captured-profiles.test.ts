// From captured V8 profiles to the report, for every supported major version of Node.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { toColumns } from '../../src/collect/call-tree-columns.js'
import type { V8Profile } from '../../src/collect/engines/engine.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { RECORDING_VERSION } from '../../src/recording/enums.js'
import type { Recording } from '../../src/recording/recording.js'
import { resolveRecording } from '../../src/resolve/resolve-recording.js'
import { SourceMaps } from '../../src/resolve/source-maps.js'
import { busyMs } from '../../src/tables/code-tables.js'
import { wholeWeight } from '../support/all-samples.js'
import { violationsOf } from '../support/check-profile.js'
import { header, NOTHING_NOTED } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'

const SCRIPT = '/project/capture.cjs'

function capturedOn(major: number): V8Profile {
  const path = new URL(`../fixtures/v8-profiles/node-${major}.cpuprofile`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as V8Profile
}

function resolvedFrom(profile: V8Profile) {
  const { urls, ...columns } = toColumns(profile, profile.startTime, profile.endTime)
  const wallMicros = profile.endTime - profile.startTime
  const scripts = urls.map(url => ({ url, wrapped: true, transformed: false, sourceMap: null }))
  const recording: Recording = {
    version: RECORDING_VERSION,
    header: header({ testPath: SCRIPT, wallMicros }),
    ...NOTHING_NOTED,
    sites: { name: [], script: [], line: [], column: [] },
    scripts,
    ...columns,
  }
  return resolveRecording(recording, { maps: new SourceMaps(), profilerDirectory: '/profiler/' })
}

describe.each([20, 22, 24, 26])('a captured profile of Node %i', major => {
  const profile = capturedOn(major)
  const recording = resolvedFrom(profile)
  const report = reportOf([recording])
  const [file] = report.files
  const hotspot = report.hotspots.find(entry => entry.function === 'burnNamed')

  test('keeps every sample, and counts the periodic ones', () => {
    const taken = profile.samples.length
    const intervals =
      (profile.endTime - profile.startTime) / (recording.header.samplingIntervalMicros ?? Number.NaN)
    expect(recording.samples.node).toHaveLength(taken)
    expect(file?.sampleCount).toBeLessThanOrEqual(Math.min(taken, intervals + 1))
    expect(file?.sampleCount).toBeGreaterThan(0.9 * taken)
  })

  test('gives the busy function its position', () => {
    expect(hotspot).toMatchObject({ file: 'capture.cjs', line: 19, column: 19, category: 'test' })
    expect(hotspot?.selfMs).toBeGreaterThan(30)
    expect(hotspot?.selfMs).toBeLessThan(90)
  })

  test('gives the lines of the busy loop the highest rank', () => {
    expect(report.lines[0]).toMatchObject({ file: 'capture.cjs', line: 22, category: 'test' })
  })

  test('distinguishes idle time and garbage collection from CPU time', () => {
    expect(file?.idleMs).toBeGreaterThan(20)
    expect(file?.gcMs).toBeGreaterThan(5)
    expect(report.categories.gc).toBe(file?.gcMs)
    expect(report.categories.test).toBeGreaterThanOrEqual(hotspot?.selfMs ?? Number.NaN)
  })

  test('accounts for all time', () => {
    const builder = new ProfileBuilder()
    foldRecording(builder, recording)
    const built = builder.build()
    expect(violationsOf(built)).toEqual([])
    const whole = wholeWeight(built)
    expect(whole).toBe(profile.endTime - profile.startTime)
    expect(busyMs(report) + (file?.idleMs ?? 0)).toBeCloseTo(whole / 1000, 6)
    expect(report.categories.program).toBeGreaterThanOrEqual((recording.samples.time[0] ?? 0) / 1000)
  })
})
