// Paths in the model: absolute, with `/` on every system.

/** Converts Windows paths, which begin with a drive or `\\`, to `/`. In other paths `\` is part of a name and stays. */
export function toSlashes(path: string): string {
  return /^[A-Za-z]:\\|^\\\\/.test(path) ? path.replaceAll('\\', '/') : path
}

/** Whether a frame's file is an absolute path, and not a URL such as `node:fs` or empty. */
export function isAbsolutePath(file: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(file)
}

/** `project`: Jest's id of the project or its display name. `file`: an absolute path or one of the report. */
export type FileKey = Readonly<Record<'project' | 'file', string>>

/** Returns the key of a test file in a Map or for sorting: several projects may run one file. */
export function fileKey({ project, file }: FileKey): string {
  return `${file}\0${project}`
}

/** The path in a `fileKey`. */
export function fileOf(key: string): string {
  return key.slice(0, key.indexOf('\0'))
}

/** Returns the key of a test with all its attempts. `index` is its position in the file, by which the keys of a file sort. */
export function testKey({ index, ...file }: FileKey & { readonly index: number }): string {
  return `${fileKey(file)}\0${String(index).padStart(9, '0')}`
}
