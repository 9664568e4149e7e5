// Paths of scripts, each with its position.

export class PathTable {
  readonly paths: string[]
  readonly #indexByPath: Map<string, number>

  /** Goes on from `paths`, of which none comes twice. */
  constructor(paths: string[]) {
    this.paths = paths
    this.#indexByPath = new Map(paths.map((path, index) => [path, index]))
  }

  indexOf(path: string): number {
    const known = this.#indexByPath.get(path)
    if (known !== undefined) return known
    const index = this.paths.push(path) - 1
    this.#indexByPath.set(path, index)
    return index
  }
}
