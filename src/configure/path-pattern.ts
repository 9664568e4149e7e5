// Regular expressions for paths, as Jest's configs have them.

/** Source of a pattern that matches the path with either kind of slashes. */
export function pathPattern(path: string): string {
  return path
    .split(/[/\\]/)
    .map(segment => segment.replaceAll(/[\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[/\\\\]')
}

/** Matches all paths in the output folder: a watching Jest would run again on what is written there. */
export function outputPattern(outputDir = '.jest-profiler'): string {
  return `[/\\\\]${pathPattern(outputDir.replace(/^(\.?[/\\])+/, ''))}[/\\\\]`
}
