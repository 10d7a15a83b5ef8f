/** `init`: a first config file with comments, which can be used once its variable is set. */
import { writeFile } from 'node:fs/promises'
import { systemCode } from '../../core/system-code.ts'
import { value } from '../../core/value.ts'
import type { CliContext } from '../context.ts'
import { UsageError } from '../usage-error.ts'

export type InitFlags = { readonly config?: string | false }

const usualName = 'wallet-checkup.config.yaml'

/** Never writes over a file. @throws UsageError */
export default async function init({ config }: InitFlags, { locale, words, answer }: CliContext): Promise<number> {
  const file = typeof config === 'string' ? config : usualName
  const { default: template } =
    locale === 'ja' ? await import('../config/template-ja.ts') : await import('../config/template-en.ts')
  try {
    await writeFile(file, template, { flag: 'wx' })
  } catch (error) {
    const reason = systemCode(error) ?? 'unknown'
    const data = { file: value.text(file), reason: value.text(reason) }
    throw new UsageError(reason === 'EEXIST' ? 'usage-file-exists' : 'usage-file-unwritable', data)
  }
  answer(words.config.written(file))
  return 0
}
