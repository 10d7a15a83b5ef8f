/** What went wrong with the cache, by error code. */
export default {
  'blocks-not-kept': {
    message: 'The cache does not have all of these blocks any more.',
    hints: ['Run it again.'],
  },
  'cache-damaged': {
    message: 'The cache is damaged.',
    hints: ['The next check puts it aside and begins a new one; wallet-checkup cache clear removes it.'],
  },
  'cache-failed': {
    message: 'The cache could not be used ({reason}).',
    hints: ['Choose another folder with --cache-dir; a check also runs without one, with --no-cache.'],
  },
  'cache-full': {
    message: 'There is no space left for the cache.',
    hints: ['Free some space, or run wallet-checkup cache clear.'],
  },
  'cache-locked': {
    message: 'Another program kept the cache locked for too long.',
    hints: ['Run it again when the other program has ended.'],
  },
  'cache-too-new': {
    message: 'The cache was made by a newer version of wallet-checkup.',
    hints: ['Update wallet-checkup, or choose another folder with --cache-dir.'],
  },
  'cache-unwritable': {
    message: 'The cache folder cannot be written to.',
    hints: ['Choose another folder with --cache-dir; a check also runs without one, with --no-cache.'],
  },
}
