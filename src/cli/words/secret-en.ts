/** What is said to somebody who gave a secret: what happened to it, and how to be rid of it where it stands. */
import type { SecretKind } from '../../config/secrets.ts'
import type { NpmTraces } from '../npm-traces.ts'
import type { GivenSecret, SecretPlace } from '../refuse-secrets.ts'

const names: Readonly<Record<SecretKind, string>> = {
  'private-key': 'a private key',
  'seed-phrase': 'a secret recovery phrase',
  'extended-key': 'an extended private key',
  keystore: 'a keystore file',
  vault: "a wallet's vault or state log",
}

export default function secret({ kind, place }: GivenSecret, traces: NpmTraces | null): string {
  return `${placeName(place)} holds something that looks like ${names[kind]}. This program stopped there: it did not use, keep, send or show it.

  A check needs a public address only: 0x and 40 hex digits, or an ENS name.

  If it is a real secret:
${[...removal(place, traces), ...always].map((line) => `  → ${line}`).join('\n')}${
  kind === 'private-key'
    ? '\n\n  A transaction hash has the same shape as a private key, so it is refused as well, except behind --tx and with 0x before it: one --tx for each hash, with nothing before or after it.'
    : ''
}`
}

const always = [
  `If other people or programs may have seen it (a shared computer, a chat, a website, a cloud backup), treat it as exposed:
    make a new wallet with a new recovery phrase, and move everything there.`,
  'Never give it to anyone who offers help. This project never asks for it.',
]

function placeName(place: SecretPlace): string {
  if (place.kind === 'file') return `The file ${place.name}`
  return place.kind === 'variable' ? `The environment variable ${place.name}` : 'The command line'
}

function removal(place: SecretPlace, traces: NpmTraces | null): readonly string[] {
  switch (place.kind) {
    case 'file':
      return [
        `Whatever can read the file ${place.name} has it. Be sure that you have it on paper or in your wallet, then delete it from this file,
    and from copies of it: the trash, backups, folders that are synchronised with a cloud.`,
      ]
    case 'variable':
      return [
        `Remove the variable ${place.name} where it is set: in this shell with unset ${place.name}, and in files such as ~/.bashrc, ~/.zshrc or .env.`,
        'If you typed it, delete it from the history of your shell as well (bash: history -d, zsh: the file ~/.zsh_history).',
      ]
    case 'command-line':
      return [
        ...npmRemoval(traces),
        'Delete it from the history of your shell (bash: history -d, zsh: the file ~/.zsh_history), and clear the clipboard.',
      ]
    default:
      return place satisfies never
  }
}

function npmRemoval(traces: NpmTraces | null): readonly string[] {
  if (traces === null) return []
  const { starter, isShown, logFolder } = traces
  return [
    ...(isShown ? [`${starter}, which started this program, may have shown it on the screen: clear the screen.`] : []),
    ...(logFolder === null
      ? []
      : [`${starter} may have written it into its log: delete the newest files in ${logFolder}.`]),
  ]
}
