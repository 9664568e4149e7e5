// The documentation names the commands, flags and options that exist, and no others.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { BENCHES } from '../../bench/benches.mjs'
import { runProgram } from '../../src/cli/program.js'
import { ARTIFACT_NAMES } from '../../src/formats/artifact-names.js'
import { OPTION_NAMES } from '../../src/options/option-table.js'
import { ROOT } from '../e2e/support/cache.js'
import { codeIn, firstCells, PAGES, pageText, sectionOf, shellCommands } from '../support/documentation.js'

const COMMANDS = ['show', 'open', 'doctor', 'list', 'export', 'diff', 'merge']

/** Commands that take Jest's arguments. */
const RUNS_JEST = new Set(['', 'doctor'])

/** The output of `--help`; `''` is the command that runs tests. */
async function helpOf(command: string): Promise<string> {
  const written: string[] = []
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
  try {
    const args = command === '' ? ['--help'] : [command, '--help']
    await runProgram(args, { cwd: ROOT, env: {} })
  } finally {
    spy.mockRestore()
  }
  return written.join('')
}

const longFlagsIn = (text: string) => text.match(/--[a-z][\w-]*/g) ?? []

/** The flags that the help of a command describes. */
async function flagsOf(command: string): Promise<Set<string>> {
  const lines = (await helpOf(command)).matchAll(/^ {2}(?:(-\w), )?(--[\w-]+)/gm)
  return new Set([...lines].flatMap(([, short, long = '']) => (short === undefined ? [long] : [short, long])))
}

const require = createRequire(import.meta.url)
const { yargsOptions } = createRequire(require.resolve('jest'))('jest-cli') as {
  yargsOptions: Record<string, { alias?: string | string[] }>
}

/** The flags of Jest. */
const JESTS = new Set(
  Object.entries(yargsOptions).flatMap(([name, { alias = [] }]) =>
    [name, ...[alias].flat()].map(key => (key.length === 1 ? `-${key}` : `--${key}`)),
  ),
)

const flagsByCommand = new Map<string, Set<string>>()
for (const command of ['', ...COMMANDS]) flagsByCommand.set(command, await flagsOf(command))

describe('A documented command', () => {
  const ours = shellCommands().filter(({ words }) => words[1] === 'jest-profiler')

  test('of the profiler exists, and its flags belong to the profiler or to Jest', () => {
    expect(ours.length).toBeGreaterThan(20)
    const wrong = ours.flatMap(({ page, words }) => {
      const [first = '', ...rest] = words.slice(2)
      const command = COMMANDS.includes(first) ? first : ''
      const known = flagsByCommand.get(command)
      const given = [first, ...rest]
        .filter(word => /^--?[a-z]/i.test(word))
        .map(word => word.replace(/=.*/, ''))
      const unknown = given.filter(flag => !known?.has(flag) && !(RUNS_JEST.has(command) && JESTS.has(flag)))
      return unknown.map(flag => `${page}: ${words.join(' ')}: ${flag}`)
    })
    expect(wrong).toEqual([])
  })

  test('of npm is a script of package.json, and a documented bench exists', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
    const npm = shellCommands().filter(({ words }) => words[0] === 'npm')
    expect(npm.length).toBeGreaterThan(10)
    const wrong = npm.filter(({ words: [, verb = '', script = '', ...rest] }) => {
      if (verb !== 'run') return !(verb in scripts)
      const bench = rest[0] === '--' ? rest[1] : undefined
      const isBench = bench === undefined || /^(-|<)/.test(bench) || bench in BENCHES
      return !(script in scripts) || (script === 'bench' && !isBench)
    })
    expect(wrong).toEqual([])
  })
})

test.each(['', ...COMMANDS])('Every flag of jest-profiler %s is documented', command => {
  const documented = new Set(longFlagsIn([...PAGES.values()].join('\n')))
  const flags = [...(flagsByCommand.get(command) ?? [])].filter(flag => flag.startsWith('--'))
  expect(flags).toContain('--help')
  expect(flags.filter(flag => !documented.has(flag))).toEqual([])
})

test('Every kind of table that show and diff can rank is documented', async () => {
  const kindsOf = async (command: string) => {
    const [, kinds = ''] = /--by <kind>[^(]*\(choices:([^)]*)\)/.exec(await helpOf(command)) ?? []
    return kinds.split(',').map(kind => kind.trim())
  }
  const [shown, compared] = [await kindsOf('show'), await kindsOf('diff')]
  expect(shown.length).toBeGreaterThan(8)
  const commands = codeIn(sectionOf(pageText('docs/commands.md'), '### `show`'))
  expect(shown.filter(kind => !commands.includes(kind))).toEqual([])
  const comparing = codeIn(pageText('docs/comparing.md'))
  expect(compared.filter(kind => !comparing.includes(kind) && !comparing.includes(`--by ${kind}`))).toEqual(
    [],
  )
})

describe('The tables of options', () => {
  const names = OPTION_NAMES

  test('in the README and in commands.md list every option, and no other', () => {
    const readme = firstCells(sectionOf(pageText('README.md'), '## Options')).flatMap(codeIn)
    expect(readme.toSorted()).toEqual(names.toSorted())
    const commands = firstCells(sectionOf(pageText('docs/commands.md'), '### Options')).flatMap(codeIn)
    expect(commands).toEqual(names)
  })

  test('list the flags of every option', () => {
    const rows = [
      ...sectionOf(pageText('docs/commands.md'), '### Options').matchAll(/^\| `[^|]*\|([^|]*)\|/gm),
    ]
    const flags = [...(flagsByCommand.get('') ?? [])].filter(
      flag => !/^(-|--version|--help)$|^-\w$/.test(flag),
    )
    // Help groups flags by purpose; the page has the order of the options.
    expect(rows.flatMap(([, cell = '']) => codeIn(cell)).toSorted()).toEqual(flags.toSorted())
  })
})

test('Every artifact has a row in formats.md and is named in commands.md', () => {
  const rows = firstCells(sectionOf(pageText('docs/formats.md'), '## For other tools')).flatMap(codeIn)
  expect(rows.toSorted()).toEqual(ARTIFACT_NAMES.map(name => `'${name}'`).toSorted())
  for (const name of ARTIFACT_NAMES) expect(pageText('docs/commands.md')).toContain(`\`'${name}'\``)
})
