/** Loads a module by its URL, of either kind, as Node does. The bundled command has another way: see scripts/bundle-command.mjs. */
export const nativeImport = (url: string): Promise<Readonly<Record<string, unknown>>> => import(/* @vite-ignore */ url)
