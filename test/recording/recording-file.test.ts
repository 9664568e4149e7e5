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
  test('distinguishes projects and test files, also where one name ends as the other begins', () => {
    const keys = [
      recordingKey('p', '/a.test.js'),
      recordingKey('q', '/a.test.js'),
      recordingKey('p', '/b.test.js'),
      recordingKey('p/', 'a.test.js'),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(recordingKey('p', '/a.test.js')).toBe(keys[0])
  })

  test('is a short file name, whatever the path', () => {
    expect(recordingKey('p', `/${'é/'.repeat(1000)}\n.test.js`)).toMatch(/^[0-9a-f]{20}$/)
  })
})

describe('writeRecording', () => {
  test('leaves the whole recording under its key, and nothing beside it', () => {
    const folder = temporaryFolder()
    const recording = rawRecording([[{ name: 'a', url: '/project/a.js' }]])
    writeRecording(folder, recording, '7-0-1')
    const name = `${recordingKey('project-id', '/project/a.test.js')}-7-0-1${RAW_EXTENSION}`
    expect(readdirSync(folder)).toEqual([name])
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toEqual(recording)
  })

  test('says what the file system says when the folder is gone', () => {
    expect(() => writeRecording(join(temporaryFolder(), 'gone'), rawRecording([]), '1')).toThrow('ENOENT')
  })
})

describe('writeWhole', () => {
  test('replaces a file that is there', () => {
    const path = join(temporaryFolder(), 'report.md')
    writeFileSync(path, 'before')
    writeWhole(path, 'after')
    expect(readFileSync(path, 'utf8')).toBe('after')
  })

  test('a failure leaves what was there before', () => {
    const path = join(temporaryFolder(), 'report.md')
    mkdirSync(join(path, 'in the way'), { recursive: true })
    expect(() => writeWhole(path, 'after')).toThrow()
    expect(existsSync(join(path, 'in the way'))).toBe(true)
  })
})

describe('writeWhole of pieces', () => {
  test('writes them one behind the other, and leaves nothing where one cannot be made', () => {
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

describe('writeWhole in a folder where others may write', () => {
  test('replaces a link at its path, and writes through none', () => {
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

  test('goes on where a process of the same id has died half-way', () => {
    const path = join(temporaryFolder(), 'report.json')
    writeFileSync(`${path}.${process.pid}.tmp`, 'half of')
    writeWhole(path, 'all')
    expect(readFileSync(path, 'utf8')).toBe('all')
  })
})
