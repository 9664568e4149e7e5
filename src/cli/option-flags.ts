// The reporter's options as `--kebab-case` flags, from the table that validates them.

import { Option } from 'commander'
import { describeOptions, type ProfilerOptions } from '../options/options.js'
import { readBudgets } from './budget-flag.js'

/** How the text behind a flag is read; what comes out is validated as ever. */
type FlagKind = 'text' | 'number' | 'switch' | 'names' | 'texts' | 'budgets'

// A new option without a line here does not compile.
const KINDS: Readonly<Record<keyof ProfilerOptions, FlagKind>> = {
  outputDir: 'text',
  keepRuns: 'number',
  engine: 'text',
  samplingIntervalMicros: 'number',
  topN: 'number',
  artifacts: 'names',
  embedSource: 'switch',
  perFile: 'text',
  perTest: 'text',
  waits: 'switch',
  include: 'texts',
  budgets: 'budgets',
}

const PLACEHOLDERS: Readonly<Partial<Record<keyof ProfilerOptions, string>>> = {
  outputDir: 'folder',
  artifacts: 'names',
  include: 'glob',
  budgets: 'budget',
}

type OptionName = keyof ProfilerOptions

/** `--top-n` */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

/** `--budgets` alone, for runs that are saved already. */
export function budgetFlag(): Option {
  return new Option('--budgets <budget>', 'limits, such as testWallMs=500').argParser((text, before) =>
    read('budgets', text, before),
  )
}

/** One for each option; two for one that can be switched on and off. */
export function optionFlags(): Option[] {
  return describeOptions().flatMap(({ name, description, allowed, defaultValue }) => {
    const flag = flagOf(name)
    const kind = KINDS[name]
    if (kind === 'switch') {
      const off = new Option(flag.replace('--', '--no-'), 'the opposite')
      // A switch has two values: `auto` is what holds without it.
      const text = description.replace(/; 'auto': (.*)$/, '; by default $1')
      return [new Option(flag, helpText(text, defaultValue === 'auto' ? undefined : defaultValue)), off]
    }
    const placeholder = PLACEHOLDERS[name] ?? (kind === 'number' ? 'n' : 'name')
    const choices =
      kind === 'names' || placeholder === 'name' ? `${description}: ${listed(allowed)}` : description
    const option = new Option(`${flag} <${placeholder}>`, helpText(choices, defaultValue))
    return [option.argParser((text, before) => read(kind, text, before))]
  })
}

function listed(allowed: string): string {
  return allowed.replace(/^a list of /, '').replaceAll(' or ', ', ')
}

// In the words of a shell: no quotes and no brackets.
function helpText(description: string, value: unknown): string {
  const plain = description
    .replaceAll(/[`']/g, '')
    .replace('[]: the terminal alone', 'none for the terminal alone')
  const shown = Array.isArray(value) ? value.join(',') : String(value ?? '')
  return shown === '' ? plain : `${plain} (default: ${shown})`
}

function read(kind: FlagKind, text: string, before: unknown): unknown {
  const earlier = Array.isArray(before) ? before : []
  if (kind === 'number') return /^\s*-?\d/.test(text) ? Number(text) : text
  if (kind === 'names')
    return text === 'none' ? [] : [...earlier, ...text.split(',').map(name => name.trim())]
  if (kind === 'budgets') return [...earlier, ...readBudgets(text)]
  return kind === 'texts' ? [...earlier, text] : text
}

/** The options that were given, by their own names. */
export function givenOptions(values: Readonly<Record<string, unknown>>): ProfilerOptions {
  const names = Object.keys(KINDS) as OptionName[]
  return Object.fromEntries(
    names.filter(name => values[name] !== undefined).map(name => [name, values[name]]),
  )
}
