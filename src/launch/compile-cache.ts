// V8's cache of compiled code on disk, which Node has since 22.8: of our modules, Jest's, and those that Jest does not run in a sandbox.

import module from 'node:module'

/** In Node's own folder, unless the user chose or disabled it: https://nodejs.org/api/module.html#module-compile-cache */
export function cacheCompiledCode(): void {
  const { enableCompileCache } = module as { readonly enableCompileCache?: () => unknown }
  enableCompileCache?.()
}
