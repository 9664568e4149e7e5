// A recording as it lies in its file: frames in columns and each text once, since a suite's recordings are mostly the
// same few hundred functions again and again, and reading them is most of what `show`, `diff` and `merge` do.

import { at } from '../profile/columns.js'
import { CATEGORIES, type Frame } from '../profile/profile.js'
import { Texts } from '../profile/texts.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

const NONE = -1

export interface StoredRecording extends Omit<ResolvedRecording, 'frames' | 'modules'> {
  /** Files and modules; other columns name them by their positions. */
  readonly paths: readonly string[]
  /** Functions and packages. */
  readonly names: readonly string[]
  readonly frames: {
    /** In `names`. */
    readonly name: readonly number[]
    /** In `paths`. */
    readonly file: readonly number[]
    /** In `names`; -1: none. */
    readonly package: readonly number[]
    readonly line: readonly number[]
    readonly column: readonly number[]
    /** In `categories`. */
    readonly category: readonly number[]
    /** Frames whose position is that of transformed code. */
    readonly generated: readonly number[]
  }
  readonly categories: typeof CATEGORIES
  readonly modules:
    | (Omit<NonNullable<ResolvedRecording['modules']>, 'path'> & { readonly path: readonly number[] })
    | null
}

export function toStored({ frames, modules, ...rest }: ResolvedRecording): StoredRecording {
  const [paths, names] = [new Texts(), new Texts()]
  const columns = {
    name: frames.map(({ name }) => names.add(name)),
    file: frames.map(({ file }) => paths.add(file)),
    package: frames.map(frame => (frame.package === undefined ? NONE : names.add(frame.package))),
    line: frames.map(({ line }) => line),
    column: frames.map(({ column }) => column),
    category: frames.map(({ category }) => CATEGORIES.indexOf(category)),
    generated: frames.flatMap(({ generated }, frame) => (generated ? [frame] : [])),
  }
  return {
    ...rest,
    frames: columns,
    categories: CATEGORIES,
    modules: modules === null ? null : { ...modules, path: modules.path.map(path => paths.add(path)) },
    paths: paths.all,
    names: names.all,
  }
}

/** `shared` returns one string for equal ones: tables look paths up, and a known string is found faster. */
export function fromStored(
  { paths: own, names, frames, categories, modules, ...rest }: StoredRecording,
  shared: (path: string) => string,
): ResolvedRecording {
  const paths = own.map(shared)
  const generated = new Set(frames.generated)
  return {
    ...rest,
    frames: frames.name.map(
      (name, frame): Frame => ({
        name: at(names, name),
        file: at(paths, at(frames.file, frame)),
        line: at(frames.line, frame),
        column: at(frames.column, frame),
        category: at(categories, at(frames.category, frame)),
        package: frames.package[frame] === NONE ? undefined : at(names, at(frames.package, frame)),
        generated: generated.has(frame),
      }),
    ),
    modules: modules === null ? null : { ...modules, path: modules.path.map(path => at(paths, path)) },
  }
}
