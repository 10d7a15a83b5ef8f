/** Writes the generated parts of both READMEs: the table of rules, and the sample output. `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { generateReadme, readmes } from '../test/support/readme.ts'

for (const { file, locale } of readmes) writeFileSync(file, generateReadme(readFileSync(file, 'utf8'), locale))
