// The form that paths have in the model: absolute, with `/`, whatever system they come from.

/** A Windows path, known by its drive or its leading `\\`, with `/`; all others, in which `\` is part of a name, as they are. */
export function toSlashes(path: string): string {
  return /^[A-Za-z]:\\|^\\\\/.test(path) ? path.replaceAll('\\', '/') : path
}

/** Whether a file has an absolute path: unlike Node's own modules, other URLs and code without a file. */
export function isAbsolutePath(file: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(file)
}

/**
 * Names a test file in a map: several projects may run one file. `project` is Jest's id of the project or its display name, and `file` an
 * absolute path or one of the report: the same for all keys of a map.
 */
export function fileKey({ project, file }: { readonly project: string; readonly file: string }): string {
  return `${project}\0${file}`
}
