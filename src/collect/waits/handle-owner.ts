// The JavaScript object of a native handle, such as a socket.

/** https://github.com/nodejs/node/blob/v24.0.0/lib/internal/async_hooks.js */
export function ownerOf(handle: object): object | undefined {
  const symbol = Object.getOwnPropertySymbols(handle).find(
    ({ description }) => description === 'owner_symbol',
  )
  const owner: unknown = symbol === undefined ? undefined : Reflect.get(handle, symbol)
  return typeof owner === 'object' && owner !== null ? owner : undefined
}
