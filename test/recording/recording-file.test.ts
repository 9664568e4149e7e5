import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  RAW_EXTENSION,
  recordingKey,
  writeRecording,
  writeWhole,
} from '../../src/recording/recording-file.js'
import { rawRecording } from '../support/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

describe('recordingKey', () => {
  test('distinguishes projects and test files, even when their concatenations are equal', () => {
    const keys = [
      recordingKey('p', '/a.test.js'),
      recordingKey('q', '/a.test.js'),
      recordingKey('p', '/b.test.js'),
      recordingKey('p/', 'a.test.js'),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(recordingKey('p', '/a.test.js')).toBe(keys[0])
  })

  test('is a short file name for any path', () => {
    expect(recordingKey('p', `/${'é/'.repeat(1000)}\n.test.js`)).toMatch(/^[0-9a-f]{20}$/)
  })
})

describe('writeRecording', () => {
  test('writes the whole recording under its key, and no other file', () => {
    const folder = temporaryFolder()
    const recording = rawRecording([[{ name: 'a', url: '/project/a.js' }]])
    writeRecording(folder, recording, '7-0-1')
    const name = `${recordingKey('project-id', '/project/a.test.js')}-7-0-1${RAW_EXTENSION}`
    expect(readdirSync(folder)).toEqual([name])
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(recording)
  })

  test('throws the file system’s error when the folder is missing', () => {
    expect(() => writeRecording(join(temporaryFolder(), 'gone'), rawRecording([]), '1')).toThrow('ENOENT')
  })
})

describe('writeWhole', () => {
  test('replaces an existing file', () => {
    const path = join(temporaryFolder(), 'report.md')
    writeFileSync(path, 'before')
    writeWhole(path, 'after')
    expect(readFileSync(path, 'utf8')).toBe('after')
  })

  test('leaves the path unchanged when it fails', () => {
    const path = join(temporaryFolder(), 'report.md')
    mkdirSync(join(path, 'in the way'), { recursive: true })
    expect(() => writeWhole(path, 'after')).toThrow()
    expect(existsSync(join(path, 'in the way'))).toBe(true)
  })
})

describe('writeWhole of chunks', () => {
  test('writes chunks in order, and leaves the old file when one throws', () => {
    const path = join(temporaryFolder(), 'file')
    function* pieces(last: () => string) {
      yield 'one '
      yield last()
    }
    writeWhole(
      path,
      pieces(() => 'two'),
    )
    expect(readFileSync(path, 'utf8')).toBe('one two')
    const fail = () => {
      throw new Error('no such figure')
    }
    expect(() => writeWhole(path, pieces(fail))).toThrow('no such figure')
    expect(readFileSync(path, 'utf8')).toBe('one two')
    expect(readdirSync(dirname(path))).toEqual(['file'])
  })
})

describe('writeWhole in a shared folder', () => {
  test('replaces a symbolic link, and writes through none', () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
    const path = join(folder, 'report.json')
    writeFileSync(join(elsewhere, 'theirs'), 'theirs')
    for (const name of [path, `${path}.${process.pid}.tmp`]) symlinkSync(join(elsewhere, 'theirs'), name)
    writeWhole(path, 'ours')
    expect(lstatSync(path).isFile()).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('ours')
    expect(readFileSync(join(elsewhere, 'theirs'), 'utf8')).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['report.json'])
  })

  test('replaces the temporary file of a process that died with the same id', () => {
    const path = join(temporaryFolder(), 'report.json')
    writeFileSync(`${path}.${process.pid}.tmp`, 'half of')
    writeWhole(path, 'all')
    expect(readFileSync(path, 'utf8')).toBe('all')
  })
})
