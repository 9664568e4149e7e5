// How paths of the report read for a person.

const MODULES = 'node_modules/'
/** Characters; the position that follows it has some more. */
const LONGEST = 72

/** A path below `node_modules` from the package's name on; what is long is cut in the middle: package and file name stay. */
export function pathText(path: string): string {
  const modules = path.lastIndexOf(MODULES)
  return shortened(modules < 0 ? path : path.slice(modules + MODULES.length))
}

function shortened(path: string): string {
  if (path.length <= LONGEST) return path
  const parts = path.split('/')
  const lead = path.startsWith('@') ? 2 : 1
  if (parts.length <= lead + 1) return path
  const start = parts.slice(0, lead)
  // As many of the folders next to the file as there is room for.
  let rest = parts.length - 1
  const length = (from: number) => [...start, '…', ...parts.slice(from)].join('/').length
  while (rest - 1 > lead && length(rest - 1) <= LONGEST) rest--
  return rest <= lead ? path : [...start, '…', ...parts.slice(rest)].join('/')
}
