// Paths in the model: absolute, with `/` on every system.

/** Converts Windows paths, which begin with a drive or `\\`, to `/`. In other paths `\` is part of a name and stays. */
export function toSlashes(path: string): string {
  return /^[A-Za-z]:\\|^\\\\/.test(path) ? path.replaceAll('\\', '/') : path
}

/** Whether a frame's file is an absolute path, and not a URL such as `node:fs` or empty. */
export function isAbsolutePath(file: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(file)
}

/**
 * Returns the key of a test file in a Map: several projects may run one file. `project` is Jest's id of the project or its display
 * name, `file` an absolute path or one of the report, consistently for all keys of a Map.
 */
export function fileKey({ project, file }: { readonly project: string; readonly file: string }): string {
  return `${project}\0${file}`
}
