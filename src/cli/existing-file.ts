/** Whether somebody named a file that is there. Nothing of it is read, and nothing is loaded for it: every check asks this first. */
import { statSync } from 'node:fs'

export function isExistingFile(name: string): boolean {
  try {
    return statSync(name).isFile()
  } catch {
    // Too long for a name, no right to look, or simply not there: no file, as far as anybody can say.
    return false
  }
}
