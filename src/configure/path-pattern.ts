// Regular expressions for paths, as in Jest's configs.

/** Source of a pattern that matches the path with either kind of slash. */
export function pathPattern(path: string): string {
  return path
    .split(/[/\\]/)
    .map(segment => segment.replaceAll(/[\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[/\\\\]')
}

/** Matches all paths in the output folder, so that Jest in watch mode does not run again when we write files. */
export function outputPattern(outputDir = '.jest-profiler'): string {
  return `[/\\\\]${pathPattern(outputDir.replace(/^(\.?[/\\])+/, ''))}[/\\\\]`
}
