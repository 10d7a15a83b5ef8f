/** The same keys with other words: what a language file must have, given the English one. */
export type Translated<Words> = Words extends string
  ? string
  : Words extends readonly unknown[]
    ? { readonly [Index in keyof Words]: Translated<Words[Index]> }
    : { readonly [Key in keyof Words]: Translated<Words[Key]> }
