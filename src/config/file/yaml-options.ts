/** What YAML means here, whoever reads it: version 1.2 alone, with no second meaning of a word. */
export const yamlOptions = { schema: 'core', version: '1.2', merge: false, logLevel: 'silent' } as const
