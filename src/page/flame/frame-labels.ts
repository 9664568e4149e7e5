// Labels of frames in flame graphs: of functions, and of the packages that they belong to.

import type { Category } from '../../profile/profile.js'
import type { FrameInfo } from '../data/run-data.js'

export function libraryOf(info: FrameInfo | undefined, category: Category): string {
  return category === 'dependency' ? (info?.package ?? category) : category
}

/** `getByRole · @testing-library/dom`; `[lodash]` for its modules and functions without a name. */
export function entryLabel(info: FrameInfo | undefined): string {
  const { name = '', category = 'program' } = info ?? {}
  const library = libraryOf(info, category)
  return isNamed(info) ? `${name} · ${library}` : `[${library}]`
}

export function isNamed(info: FrameInfo | undefined): boolean {
  return info !== undefined && info.name !== '' && !info.name.startsWith('(')
}

/** Modules and functions without a name are known by their file, which comes first because labels are cut. */
export function frameLabel(info: FrameInfo | undefined): string {
  const { name = '', file = '', line = 0 } = info ?? {}
  if (file === '' || (name !== '(module)' && name !== '(anonymous)')) return name
  const [base = '', folder] = file.split('/').reverse()
  const shown = `${/^index\.\w+$/.test(base) && folder !== undefined ? `${folder}/` : ''}${base}`
  return name === '(module)' || line === 0 ? `${shown} ${name}` : `${shown}:${line} ${name}`
}
