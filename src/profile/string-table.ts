// Strings, each once, by their positions.

export class StringTable {
  readonly all: string[] = []
  readonly #positions = new Map<string, number>()

  /** Its position. */
  add(text: string): number {
    const known = this.#positions.get(text)
    if (known !== undefined) return known
    this.#positions.set(text, this.all.length)
    return this.all.push(text) - 1
  }
}
