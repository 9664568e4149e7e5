import { type Zone, zoneOf } from './delivery-zones'

const PENCE: Record<Zone, number> = { local: 200, regional: 395, national: 650 }
const FREE_FROM_PENCE = 5000

export function deliveryPrice(postcode: string, goodsPence: number): number {
  return goodsPence >= FREE_FROM_PENCE ? 0 : PENCE[zoneOf(postcode)]
}
