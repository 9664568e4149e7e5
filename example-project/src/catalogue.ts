import { load } from 'js-yaml'

export interface Product {
  readonly sku: string
  readonly name: string
  readonly department: string
  readonly pence: number
}

/** Products of a supplier's price list, a YAML document. Throws when an entry has no price. */
export function parseCatalogue(yaml: string): Product[] {
  const entries = load(yaml) as Partial<Product>[]
  return entries.map(({ sku = '', name = sku, department = 'other', pence }, index) => {
    if (pence === undefined) throw new Error(`entry ${index + 1} (${sku}) has no price`)
    return { sku, name, department, pence }
  })
}
