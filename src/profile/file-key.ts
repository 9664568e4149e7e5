// What a test file is looked up by.

/**
 * Names a test file in a map: several projects may run one file. `project` is Jest's id of the project or its display name, and `file` an
 * absolute path or one of the report: the same for all keys of a map.
 */
export function fileKey({ project, file }: { readonly project: string; readonly file: string }): string {
  return `${project}\0${file}`
}
