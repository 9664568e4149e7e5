// Regular expressions for paths, as Jest's configs have them.

/** Of a path, with whichever slashes. */
export function pathPattern(path: string): string {
  return path
    .split(/[/\\]/)
    .map(segment => segment.replaceAll(/[\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[/\\\\]')
}

/** Of all that lies in the output folder: a watching Jest would run again on what is written there. */
export function outputPattern(outputDir = '.jest-profiler'): string {
  return `[/\\\\]${pathPattern(outputDir.replace(/^(\.?[/\\])+/, ''))}[/\\\\]`
}
