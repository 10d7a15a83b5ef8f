/** What stands under the name of a file. Nothing of it is read, and nothing is loaded for it: every check asks this first. */
import { lstatSync, statSync } from 'node:fs'

export function isExistingFile(name: string): boolean {
  try {
    return statSync(name).isFile()
  } catch {
    // Too long for a name, no right to look, or simply not there: no file, as far as anybody can say.
    return false
  }
}

/** Whether nothing has this name. What is there and is no file, or cannot be looked at, is for its reader to complain of. */
export function isAbsent(name: string): boolean {
  try {
    return lstatSync(name, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}
