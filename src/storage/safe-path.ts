// File names from test names and test paths: safe on every system, short, and distinct.

import { createHash } from 'node:crypto'
import filenamify from 'filenamify'

/** Bytes; file systems allow 255 for a name, and extensions and prefixes must fit too. */
const LONGEST = 100

/** A path with the same folders, none of which leads up or out. Different paths give different results. */
export function safePath(path: string): string {
  const safe = path.split(/[/\\]/).filter(Boolean).map(safeSegment).join('/')
  return safe === path ? safe : `${safe}~${shortHash(path)}`
}

/** `3-adds-up`: the index keeps tests of equal names apart. */
export function testFileName(index: number, name: string, attempt: number): string {
  const slug = safeSegment(
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, ''),
  )
  return `${index}${attempt > 1 ? `.${attempt}` : ''}-${slug}`
}

function safeSegment(segment: string): string {
  if (segment === '..') return '__'
  let safe = filenamify(segment, { replacement: '_', maxLength: LONGEST })
  while (Buffer.byteLength(safe) > LONGEST) safe = [...safe].slice(0, -1).join('')
  return safe === '' ? '_' : safe
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
