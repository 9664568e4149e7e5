// What modules do when they are loaded, beside exporting: whoever no longer loads them has to do without.

/** Something is put on a global or on a class that is there already, or another module is loaded for what it does. */
const EFFECTS = [
  /\b(?:globalThis|global|window|document|self)\s*(?:\.\s*[\w$]+|\[[^\]\n]+\])+\s*(?:\?\?|\|\|)?=(?!=)/,
  /\b[A-Z][\w$]*\.prototype\.[\w$]+\s*=(?!=)/,
  /^\s*import\s+['"]/m,
  /\bObject\.(?:assign|defineProperty|defineProperties)\(\s*(?:globalThis|global|window)\b/,
]

export function hasLoadEffects(source: string): boolean {
  return EFFECTS.some(effect => effect.test(source))
}
