// What the text of a loop over things tells of its rounds: how many there are, and whether one needs the one before it.

import { bodyOf } from './source-text.js'

export interface Rounds {
  /** Undefined: the text does not tell. */
  readonly count: number | undefined
  /** Something that one round leaves behind is looked at in the body, and so perhaps by the next round. */
  readonly areLinked: boolean
}

/** `line`: that of the loop's header, 1-based. */
export function roundsAt(text: string, line: number): Rounds {
  const lines = text.split('\n')
  const header = lines[line - 1] ?? ''
  const { body } = bodyOf(header, lines.slice(line))
  return { count: literalLength(header), areLinked: areLinked([header, ...body].join('\n')) }
}

/** Of a list that stands in the header itself. */
function literalLength(header: string): number | undefined {
  const [, items] = /\sof\s+\[([^[\](){}]*)\]/.exec(header) ?? []
  return items === undefined || items.includes('...')
    ? undefined
    : items.split(',').filter(item => item.trim()).length
}

const PATH = String.raw`(?<![\w$.#'"])(?<path>[A-Za-z_$][\w$]*(?:\.#?[\w$]+)*?)`
const OPERATOR = String.raw`(?:[-+*/%&|^]|\*\*|&&|\|\||\?\?|<<|>>>?)?=(?![=>])`
const ASSIGNED = new RegExp(String.raw`${PATH}\s*${OPERATOR}`, 'g')
/** Filled: what is in it may be looked at as well. */
const FILLED = new RegExp(String.raw`${PATH}\.(?:push|unshift|add|set)\(`, 'g')
const UNPACKED = /(?<!\b(?:const|let|var)\s+)[[{](?<names>[^=[\]{}()]*)[\]}]\s*=(?![=>])/g

function areLinked(loop: string): boolean {
  const paths = [ASSIGNED, FILLED].flatMap(pattern =>
    [...loop.matchAll(pattern)].map(({ groups }) => groups?.path ?? ''),
  )
  const unpacked = [...loop.matchAll(UNPACKED)].flatMap(({ groups }) => groups?.names?.match(/[\w$]+/g) ?? [])
  const changes = [...paths, ...unpacked]
  return changes.some(path => {
    const [root = ''] = path.split('.')
    const times = changes.filter(other => other === path).length
    return !isDeclared(root, loop) && uses(path, root, loop) > times
  })
}

/** By name, or as the whole that it is a part of. */
function uses(path: string, root: string, loop: string): number {
  const whole = path === root ? '' : `|${escaped(root)}(?![\\w$.])`
  return (
    loop.match(new RegExp(String.raw`(?<![\w$.#])(?:${escaped(path)}(?![\w$])${whole})`, 'g'))?.length ?? 0
  )
}

function isDeclared(name: string, loop: string): boolean {
  return new RegExp(
    String.raw`\b(?:const|let|var)\s+(?:${escaped(name)}(?![\w$])|[[{][^=]*?(?<![\w$])${escaped(name)}(?![\w$]))`,
  ).test(loop)
}

function escaped(path: string): string {
  return path.replace(/[.$]/g, String.raw`\$&`)
}
