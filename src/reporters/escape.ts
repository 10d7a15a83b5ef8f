/** One function per format that makes any text, whoever wrote it, a harmless part of it. Each gives one line. */
import { harmlessText } from '../domain/visible-text.ts'

/** Characters kept of one text. Our own sentences, eight reasons of a node in one, are shorter; a forged report may hold megabytes. */
const longestText = 5_000

/** On one line, with everything invisible shown by its number, and cut. What every format begins with. */
export function plainText(text: string, longest = longestText): string {
  if (text.length <= longest) return harmlessText(text)
  const isPairCut = /[\ud800-\udbff]$/.test(text.slice(0, longest))
  return `${harmlessText(text.slice(0, isPairCut ? longest - 1 : longest))}…`
}

/** Addresses and hashes, which are to be compared and copied. */
const hexadecimal = /\b0x(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40})\b/g

/**
 * For Markdown as GitHub and GitLab read it: no link, no mention, no HTML, no cell and no style of its own comes of it. Addresses
 * are set as code.
 */
export function markdownText(text: string): string {
  return (
    plainText(text)
      .trim()
      // Made links of, or people called, even where each character is escaped.
      .replaceAll('://', '[://]')
      .replace(/www\./gi, (match) => `${match.slice(0, 3)}[.]`)
      .replaceAll('@', '[@]')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replace(/[\\`*_[\]|~$#>]/g, '\\$&')
      // At the beginning of a line these would begin a list.
      .replace(/^\d+(?=[.)])/, '$&\\')
      .replace(/^[-+]/, '\\$&')
      .replace(hexadecimal, '`$&`')
  )
}

/** For the text and the attributes of XML. */
export function xmlText(text: string): string {
  return plainText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}

/** For the message of a workflow command of GitHub Actions. Line breaks are visible escapes by then. */
export function commandText(text: string): string {
  return plainText(text).replaceAll('%', '%25')
}

/** For a property of a workflow command: `title=…`. */
export function commandProperty(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** For the value of a label, between its quotes, in OpenMetrics and in Prometheus' own text format. */
export function labelText(text: string): string {
  return plainText(text, 200).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}

/** What spreadsheets begin a formula with; the full-width ones count too where Japanese is typed. */
const formulaStart = /^[ \u3000]*[=+\-@＝＋－＠]/

/** A cell of CSV, with its quotes. An apostrophe before what would be a formula makes it a text. */
export function csvCell(text: string): string {
  const plain = plainText(text)
  return `"${(formulaStart.test(plain) ? `'${plain}` : plain).replaceAll('"', '""')}"`
}

/** For a message of SARIF, where `[text](target)` is a link and `{0}` a placeholder. */
export function sarifText(text: string): string {
  return plainText(text)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ')
}
