// Reads folded stacks like flamegraph.pl, and throws on input that flamegraph.pl would misread or ignore.
// https://github.com/brendangregg/FlameGraph/blob/41fee1f99f9276008b7cd112fca19dc3ea84ac32/flamegraph.pl

export interface FoldedStack {
  frames: string[]
  weight: number
}

export function readFolded(text: string): FoldedStack[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end')
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => {
      const [, stack, weight] = /^(.*)\s+?(\d+(?:\.\d*)?)$/.exec(line) ?? []
      if (stack === undefined) throw new Error(`no folded stack: ${JSON.stringify(line)}`)
      if (/^(.*)\s+?(\d+(?:\.\d*)?)$/.test(stack)) throw new Error(`a second weight: ${JSON.stringify(line)}`)
      const frames = stack.split(';')
      if (frames.includes('')) throw new Error(`a frame without a name: ${JSON.stringify(line)}`)
      return { frames, weight: Number(weight) }
    })
}
