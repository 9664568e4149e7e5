export interface Warehouse {
  /** How many pieces it can hand over, at most `quantity`. */
  take(sku: string, quantity: number): Promise<number>
}

export interface Reservation {
  readonly sku: string
  readonly reserved: number
  readonly missing: number
}

export async function reserve(warehouse: Warehouse, sku: string, quantity: number): Promise<Reservation> {
  if (!Number.isInteger(quantity) || quantity < 1) throw new RangeError(`cannot reserve ${quantity} pieces`)
  const reserved = await warehouse.take(sku, quantity)
  return { sku, reserved, missing: quantity - reserved }
}
