// Questions about single things that are compared.

import type { Entity } from './comparison.js'

/** Whether V8 knows no name for a function. */
export function isNameless(name: string): boolean {
  return name === '' || name.endsWith('(anonymous)') || name.endsWith('<anonymous>')
}

/** For total orders: the same on every machine. */
export function entityText({ file, project, line, column, name, category }: Entity): string {
  const position = [line, column].map(number => String(number).padStart(9, '0'))
  return [file, project, ...position, category ?? '', ...name].join('\0')
}
