/** The code of an error of the system or of Node, such as ENOENT, and no word more: its text may hold a path or a URL. null: it has none. */
export function systemCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}
