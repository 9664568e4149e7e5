// The page's data blocks: JSON, gzip, base64.

/** Throws when the block is missing or damaged, as after a transfer that was cut off. */
export async function unpack<T>(id: string): Promise<T> {
  const block = document.getElementById(id)
  if (block === null) throw new Error(`this page has no data block "${id}": it is not complete`)
  const bytes = Uint8Array.from(atob(block.textContent ?? ''), character => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text())
}
