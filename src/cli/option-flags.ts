// The reporter's options as `--kebab-case` flags, from the table that validates them.

import { Option } from 'commander'
import { OPTION_NAMES, OPTIONS, type OptionFlag, type ProfilerOptions } from '../options/option-table.js'
import { readBudgets } from './budget-flag.js'

/** `--top-n` */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}

/** `--budgets` alone, for saved runs. */
export function budgetFlag(): Option {
  return new Option('--budgets <budget>', 'limits, such as testWallMs=500').argParser((text, before) =>
    read('budgets', text, before),
  )
}

/** One for each option; two for one that can be switched on and off. */
export function optionFlags(): Option[] {
  return OPTION_NAMES.flatMap(name => {
    const { schema, defaultValue, description, flag } = OPTIONS[name]
    const { kind, placeholder = kind === 'number' ? 'n' : 'name' } = flag
    if (kind === 'switch') {
      const off = new Option(flagOf(name).replace('--', '--no-'), 'disable it')
      // A switch has two values; `auto` is the default without it.
      const text = description.replace(/; 'auto': (.*)$/, '; by default $1')
      const shown = defaultValue === 'auto' ? undefined : defaultValue
      return [new Option(flagOf(name), helpText(text, shown)), off]
    }
    const isListed = kind === 'names' || placeholder === 'name'
    const choices = isListed ? `${description}: ${listed(schema.expected)}` : description
    const option = new Option(`${flagOf(name)} <${placeholder}>`, helpText(choices, defaultValue))
    return [option.argParser((text, before) => read(kind, text, before))]
  })
}

function listed(allowed: string): string {
  return allowed.replace(/^an array of /, '').replaceAll(' or ', ', ')
}

// As it is typed in a shell: without quotes and brackets.
function helpText(description: string, value: unknown): string {
  const plain = description
    .replaceAll(/[`']/g, '')
    .replace('[]: the terminal alone', 'none for the terminal alone')
  const shown = Array.isArray(value) ? value.join(',') : String(value ?? '')
  return shown === '' ? plain : `${plain} (default: ${shown})`
}

function read(kind: OptionFlag['kind'], text: string, before: unknown): unknown {
  const earlier = Array.isArray(before) ? before : []
  if (kind === 'number') return /^\s*-?\d/.test(text) ? Number(text) : text
  if (kind === 'names')
    return text === 'none' ? [] : [...earlier, ...text.split(',').map(name => name.trim())]
  if (kind === 'budgets') return [...earlier, ...readBudgets(text)]
  return kind === 'texts' ? [...earlier, text] : text
}

/** The options that were given, by their own names. */
export function givenOptions(values: Readonly<Record<string, unknown>>): ProfilerOptions {
  return Object.fromEntries(
    OPTION_NAMES.filter(name => values[name] !== undefined).map(name => [name, values[name]]),
  )
}
