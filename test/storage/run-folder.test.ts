import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors/user-error.js'
import {
  createRunFolder,
  findRunFolder,
  isRunFolder,
  newRunId,
  openRunFolder,
  pointLatest,
  removeOldRuns,
  removeRun,
  restoreRunFolder,
} from '../../src/storage/run-folder.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** Creates these runs in an output folder, with `latest` leading to the last one. */
function runsIn(outputDir: string, ...ids: string[]) {
  for (const id of ids) {
    const folder = createRunFolder(outputDir, id)
    rmSync(folder.incoming, { recursive: true })
    pointLatest(outputDir, folder)
  }
  return outputDir
}

/** Names of the runs, oldest first. */
const runsOf = (outputDir: string) =>
  readdirSync(outputDir)
    .filter(name => name.startsWith('2026'))
    .toSorted()

const whole = (id: string) => ({ id, isPart: false })

describe('newRunId', () => {
  test('is a file name that sorts by time', () => {
    expect(newRunId(Date.UTC(2026, 0, 31, 9, 30), 0.5)).toBe('2026-01-31T09-30-00-000Z-8000')
    expect(newRunId(Date.UTC(2026, 0, 31), 0)).toBe('2026-01-31T00-00-00-000Z-0000')
  })
})

describe('createRunFolder', () => {
  test('creates the folder with its marker, and a .gitignore in the output folder', () => {
    const outputDir = join(temporaryFolder(), 'not/there/yet')
    const { directory, incoming, recordings } = createRunFolder(outputDir, 'run')
    expect(directory).toBe(join(outputDir, 'run'))
    expect(isRunFolder(directory)).toBe(true)
    expect(lstatSync(incoming).isDirectory()).toBe(true)
    expect(lstatSync(recordings).isDirectory()).toBe(true)
    expect(readFileSync(join(outputDir, '.gitignore'), 'utf8')).toBe('*\n')
  })

  test('keeps an existing .gitignore', () => {
    const outputDir = temporaryFolder()
    writeFileSync(join(outputDir, '.gitignore'), 'mine\n')
    createRunFolder(outputDir, 'run')
    expect(readFileSync(join(outputDir, '.gitignore'), 'utf8')).toBe('mine\n')
  })

  test.each([
    ['is a file', ''],
    ['is below a file', '/runs'],
  ])('throws a UserError that names the option when outputDir %s', (_what, below) => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, '')
    const create = () => createRunFolder(path + below, 'run')
    expect(create).toThrow(UserError)
    expect(create).toThrow(
      /^jest-profiler: outputDir "\S+" cannot be written: E[A-Z]+: .+\. Make it writable, or set the option "outputDir" to a writable folder\.$/,
    )
  })
})

describe('restoreRunFolder', () => {
  test('creates a removed folder again, and leaves an existing one unchanged', () => {
    const outputDir = temporaryFolder()
    const folder = createRunFolder(outputDir, 'run')
    writeFileSync(join(folder.incoming, 'left'), '')
    expect(restoreRunFolder(folder)).toBe(false)
    expect(existsSync(join(folder.incoming, 'left'))).toBe(true)
    rmSync(outputDir, { recursive: true })
    expect(restoreRunFolder(folder)).toBe(true)
    expect(existsSync(folder.incoming)).toBe(true)
    expect(findRunFolder(folder.directory)).toBe(folder.directory)
  })
})

describe('symbolic links in the output folder', () => {
  test('the output folder itself may be a link to another disk', () => {
    const [disk, project] = [temporaryFolder(), temporaryFolder()]
    const outputDir = join(project, '.jest-profiler')
    symlinkSync(disk, outputDir)
    runsIn(outputDir, 'run-1')
    expect(readdirSync(disk).toSorted()).toEqual(['.gitignore', 'latest', 'run-1'])
    expect(findRunFolder(outputDir)).toBe(join(outputDir, 'latest'))
  })

  test('a .gitignore that is a link is not written through', () => {
    const [outputDir, elsewhere] = [temporaryFolder(), temporaryFolder()]
    symlinkSync(join(elsewhere, 'made'), join(outputDir, '.gitignore'))
    createRunFolder(outputDir, 'run')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test.each(['link', 'folder'])('a %s with the name of the new run is not written into', kind => {
    const [outputDir, elsewhere] = [temporaryFolder(), temporaryFolder()]
    if (kind === 'link') symlinkSync(elsewhere, join(outputDir, 'run'))
    else mkdirSync(join(outputDir, 'run'))
    expect(() => createRunFolder(outputDir, 'run')).toThrow(/cannot be written: EEXIST/)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('a link `latest` to another folder is replaced, and that folder stays unchanged', () => {
    const [outputDir, elsewhere] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(join(elsewhere, 'precious'), '')
    symlinkSync(elsewhere, join(outputDir, 'latest'))
    runsIn(outputDir, 'run-1')
    expect(readFileSync(join(outputDir, 'latest/.jest-profiler-run'), 'utf8')).toBe('run-1\n')
    expect(readdirSync(elsewhere)).toEqual(['precious'])
  })

  test('a link `latest` to a run in another folder is ignored', () => {
    const elsewhere = runsIn(temporaryFolder(), 'theirs')
    const outputDir = temporaryFolder()
    createRunFolder(outputDir, 'run-1')
    symlinkSync(join(elsewhere, 'theirs'), join(outputDir, 'latest'))
    expect(findRunFolder(outputDir)).toBe(join(outputDir, 'run-1'))
  })

  test.each(['../theirs', '..', '.'])('a text file `latest` with %s is ignored', named => {
    const folder = runsIn(temporaryFolder(), 'theirs')
    const outputDir = join(folder, 'ours')
    createRunFolder(outputDir, 'run-1')
    writeFileSync(join(outputDir, 'latest'), named)
    expect(findRunFolder(outputDir)).toBe(join(outputDir, 'run-1'))
  })

  test('links inside an old run are removed, but not their targets', () => {
    const [outputDir, elsewhere] = [runsIn(temporaryFolder(), 'run-1', 'run-2'), temporaryFolder()]
    writeFileSync(join(elsewhere, 'precious'), '')
    symlinkSync(elsewhere, join(outputDir, 'run-1/recordings/incoming-elsewhere'))
    removeOldRuns(outputDir, 1, whole('run-2'))
    expect(existsSync(join(outputDir, 'run-1'))).toBe(false)
    expect(readdirSync(elsewhere)).toEqual(['precious'])
  })
})

test.each(['022', '077', '002'])('run folders and files are created with the user’s umask %s', mask => {
  const before = process.umask()
  const outputDir = join(temporaryFolder(), 'runs')
  try {
    process.umask(Number.parseInt(mask, 8))
    runsIn(outputDir, 'run-1')
  } finally {
    process.umask(before)
  }
  const modeOf = (path: string) => (statSync(join(outputDir, path)).mode & 0o777).toString(8)
  const without = (mode: number) => (mode & ~Number.parseInt(mask, 8)).toString(8)
  expect(['', 'run-1', 'run-1/recordings'].map(modeOf)).toEqual(Array(3).fill(without(0o777)))
  expect(['.gitignore', 'run-1/.jest-profiler-run'].map(modeOf)).toEqual(Array(2).fill(without(0o666)))
})

describe('pointLatest', () => {
  test('links to the newest run', () => {
    const outputDir = runsIn(temporaryFolder(), 'run-1', 'run-2')
    expect(readFileSync(join(outputDir, 'latest/.jest-profiler-run'), 'utf8')).toBe('run-2\n')
    expect(readdirSync(outputDir).toSorted()).toEqual(['.gitignore', 'latest', 'run-1', 'run-2'])
  })

  test('replaces a text file, and a link without a target', () => {
    const outputDir = temporaryFolder()
    writeFileSync(join(outputDir, 'latest'), 'run-0\n')
    runsIn(outputDir, 'run-1')
    expect(isRunFolder(join(outputDir, 'latest'))).toBe(true)
    const other = temporaryFolder()
    symlinkSync('gone', join(other, 'latest'))
    runsIn(other, 'run-1')
    expect(isRunFolder(join(other, 'latest'))).toBe(true)
  })

  test('replaces a run that a copy made of the link', () => {
    const outputDir = runsIn(temporaryFolder(), 'run-1')
    rmSync(join(outputDir, 'latest'))
    cpSync(join(outputDir, 'run-1'), join(outputDir, 'latest'), { recursive: true })
    runsIn(outputDir, 'run-2')
    expect(readFileSync(join(outputDir, 'latest/.jest-profiler-run'), 'utf8')).toBe('run-2\n')
  })

  test('leaves another folder with this name unchanged', () => {
    const outputDir = temporaryFolder()
    mkdirSync(join(outputDir, 'latest/mine'), { recursive: true })
    runsIn(outputDir, 'run-1')
    expect(readdirSync(join(outputDir, 'latest'))).toEqual(['mine'])
  })
})

describe('removeOldRuns', () => {
  test('keeps the newest runs, and everything that is not a run', () => {
    const outputDir = runsIn(temporaryFolder(), '2026-01', '2026-02', '2026-03', '2026-04')
    mkdirSync(join(outputDir, '2025-mine'))
    writeFileSync(join(outputDir, '2025-file'), '')
    removeOldRuns(outputDir, 2, whole('2026-04'))
    expect(readdirSync(outputDir).toSorted()).toEqual([
      '.gitignore',
      '2025-file',
      '2025-mine',
      '2026-03',
      '2026-04',
      'latest',
    ])
  })

  test.each([1, 2])(
    'keeps %i runs, including the one that just ended, even if it has the oldest timestamp',
    keep => {
      const outputDir = runsIn(temporaryFolder(), '2026-01', '2026-02', '2026-03')
      removeOldRuns(outputDir, keep, whole('2026-01'))
      expect(runsOf(outputDir)).toEqual(['2026-01', '2026-03'].slice(0, keep))
    },
  )

  test('counts runs of the whole suite and of parts of it separately', () => {
    const outputDir = runsIn(temporaryFolder(), '2026-01', '2026-02')
    for (const id of ['2026-03', '2026-04', '2026-05'])
      rmSync(createRunFolder(outputDir, id, true).incoming, { recursive: true })
    removeOldRuns(outputDir, 1, { id: '2026-05', isPart: true })
    expect(runsOf(outputDir)).toEqual(['2026-01', '2026-02', '2026-05'])
    removeOldRuns(outputDir, 1, whole('2026-02'))
    expect(runsOf(outputDir)).toEqual(['2026-02', '2026-05'])
  })

  test('knows a run of a part of the suite after its folder was restored', () => {
    const outputDir = temporaryFolder()
    const folder = createRunFolder(outputDir, 'run', true)
    rmSync(folder.directory, { recursive: true })
    restoreRunFolder(folder)
    expect(openRunFolder(folder.directory).isPart).toBe(true)
    expect(openRunFolder(createRunFolder(outputDir, 'whole').directory).isPart).toBe(false)
  })

  test('keeps a run that is still recording, until it is a day old', () => {
    const outputDir = runsIn(temporaryFolder(), '2026-03', '2026-04')
    const [live, dead] = ['2026-02', '2026-01'].map(id => createRunFolder(outputDir, id).directory)
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
    utimesSync(join(dead ?? '', '.jest-profiler-run'), yesterday, yesterday)
    removeOldRuns(outputDir, 1, whole('2026-04'))
    expect([live, dead].map(directory => existsSync(directory ?? ''))).toEqual([true, false])
    expect(readdirSync(outputDir).toSorted()).toEqual(['.gitignore', '2026-02', '2026-04', 'latest'])
  })

  test('keeps a run that is only linked from the folder', () => {
    const elsewhere = createRunFolder(temporaryFolder(), 'kept')
    const outputDir = runsIn(temporaryFolder(), 'run-1')
    symlinkSync(elsewhere.directory, join(outputDir, 'a-link'))
    removeOldRuns(outputDir, 1, whole('run-1'))
    expect(isRunFolder(elsewhere.directory)).toBe(true)
    expect(existsSync(join(outputDir, 'a-link'))).toBe(true)
  })

  test('removes nothing when there are fewer runs', () => {
    const outputDir = runsIn(temporaryFolder(), 'run-1')
    removeOldRuns(outputDir, 5, whole('run-1'))
    expect(isRunFolder(join(outputDir, 'run-1'))).toBe(true)
  })
})

test('removeRun removes only the given run', () => {
  const outputDir = temporaryFolder()
  const folder = createRunFolder(outputDir, 'run-1')
  createRunFolder(outputDir, 'run-2')
  removeRun(folder)
  expect(readdirSync(outputDir)).toEqual(['.gitignore', 'run-2'])
})

describe('findRunFolder', () => {
  test('accepts a run folder, an output folder, its link `latest`, and a text file in place of the link', () => {
    const outputDir = runsIn(temporaryFolder(), 'run-1', 'run-2')
    expect(findRunFolder(join(outputDir, 'run-1'))).toBe(join(outputDir, 'run-1'))
    expect(findRunFolder(outputDir)).toBe(join(outputDir, 'latest'))
    expect(findRunFolder(join(outputDir, 'latest'))).toBe(join(outputDir, 'latest'))
    const other = temporaryFolder()
    createRunFolder(other, 'run-3')
    writeFileSync(join(other, 'latest'), 'run-3\n')
    expect(findRunFolder(other)).toBe(join(other, 'run-3'))
    expect(findRunFolder(join(other, 'latest'))).toBe(join(other, 'run-3'))
  })

  test('picks the newest run when the link `latest` is missing', () => {
    const outputDir = temporaryFolder()
    for (const id of ['2026-02', '2026-10', '2026-09']) createRunFolder(outputDir, id)
    expect(findRunFolder(outputDir)).toBe(join(outputDir, '2026-10'))
  })

  test('throws an error for a folder without runs, a file, and a missing path', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'package.json')
    writeFileSync(file, '{}')
    for (const path of [folder, join(folder, 'gone'), file]) {
      expect(() => findRunFolder(path)).toThrow(
        new UserError(
          `jest-profiler: "${path}" is not a run folder. Name one below .jest-profiler/, such as .jest-profiler/latest.`,
        ),
      )
    }
  })
})
