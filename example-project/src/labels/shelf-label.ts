import { barcode } from './barcode'
import { heading } from './heading'
import { priceTag } from './price-tag'

const WIDTH = 24

export function shelfLabel({
  name,
  article,
  pence,
}: {
  name: string
  article: number
  pence: number
}): string {
  return [name, priceTag(pence), barcode(article)].map(text => heading(text, WIDTH)).join('\n')
}
