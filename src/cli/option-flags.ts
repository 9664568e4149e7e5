// The reporter's options as `--kebab-case` flags, from the table of options.

import { Option } from 'commander'
import { UserError } from '../errors/user-error.js'
import { OPTION_NAMES, OPTIONS, type OptionFlag } from '../options/option-table.js'
import { BUDGET_LIMITS } from '../report/budget-report.js'

/** `--top-n` */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

/** The flag `--budgets` for saved runs. */
export function budgetFlag(): Option {
  return new Option('--budgets <budget>', 'limits, such as testWallMs=500').argParser((text, before) =>
    read('budgets', text, before),
  )
}

/** Returns a flag for each option, and two for switches. */
export function optionFlags(): Option[] {
  return OPTION_NAMES.flatMap(name => {
    const { schema, defaultValue, description, flag } = OPTIONS[name]
    const heading = `${flag.group}:`
    const { kind, placeholder = kind === 'number' ? 'n' : 'name' } = flag
    if (kind === 'switch') {
      const off = new Option(flagOf(name).replace('--', '--no-'), 'disable it')
      // A switch has two values; `auto` is the default without it.
      const text = description.replace(/; 'auto': (.*)$/, '; by default $1')
      const shown = defaultValue === 'auto' ? undefined : defaultValue
      return [new Option(flagOf(name), helpText(text, '', shown)), off].map(flag => flag.helpGroup(heading))
    }
    const isListed = kind === 'names' || (kind === 'text' && placeholder !== 'folder')
    const names = schema.expected.replace(/^an array of /, '').replaceAll(' or ', ', ')
    const choices = isListed ? names.replaceAll("'", '') : ''
    const option = new Option(
      `${flagOf(name)} <${placeholder}>`,
      helpText(description, choices, defaultValue),
    )
    return [option.argParser((text, before) => read(kind, text, before)).helpGroup(heading)]
  })
}

// As it is typed in a shell: without quotes and brackets.
function helpText(description: string, choices: string, value: unknown): string {
  const plain = description.replaceAll(/[`']/g, '').replace('[]: terminal only', 'none: terminal only')
  const shown = Array.isArray(value) ? value.join(',') : String(value ?? '')
  const facts = [choices && `choices: ${choices}`, shown && `default: ${shown}`].filter(fact => fact !== '')
  return facts.length === 0 ? plain : `${plain} (${facts.join('; ')})`
}

function read(kind: OptionFlag['kind'], text: string, before: unknown): unknown {
  const earlier = Array.isArray(before) ? before : []
  if (kind === 'number') return /^\s*-?\d/.test(text) ? Number(text) : text
  if (kind === 'names')
    return text === 'none' ? [] : [...earlier, ...text.split(',').map(name => name.trim())]
  if (kind === 'budgets') return [...earlier, ...readBudgets(text)]
  return kind === 'texts' ? [...earlier, text] : text
}

/** Reads `testWallMs=500` pairs or JSON, such as `{"testWallMs": 500, "files": "src/**"}`. Throws a UserError for anything else. */
function readBudgets(text: string): unknown[] {
  if (/^\s*[[{]/.test(text)) return [parseJson(text)].flat()
  const pairs = text.trim().split(/\s+/)
  return [Object.fromEntries(pairs.map(pair => readPair(pair, text)))]
}

function readPair(pair: string, text: string): [key: string, value: string | number] {
  const [, key, value] = /^(\w+)=(.+)$/.exec(pair) ?? []
  if (key === undefined || value === undefined) throw createFormatError(text)
  return [key, BUDGET_LIMITS.some(limit => limit === key) && value.trim() !== '' ? Number(value) : value]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw createFormatError(text, { cause: error })
  }
}

function createFormatError(text: string, options?: ErrorOptions): UserError {
  return new UserError(
    `jest-profiler: --budgets must be limits such as testWallMs=500, or JSON, got ${JSON.stringify(text)}. ` +
      'Write --budgets "testWallMs=500 files=src/**/*.test.ts".',
    options,
  )
}
