import type { SecretKind } from '../../config/secrets.ts'
import type { NpmTraces } from '../npm-traces.ts'
import type { GivenSecret, SecretPlace } from '../refuse-secrets.ts'

const names: Readonly<Record<SecretKind, string>> = {
  'private-key': '秘密鍵',
  'seed-phrase': 'シークレットリカバリーフレーズ',
  'extended-key': '拡張秘密鍵',
  keystore: 'キーストアファイル',
  vault: 'ウォレットのVaultまたは状態ログ',
}

export default function secret({ kind, place }: GivenSecret, traces: NpmTraces | null): string {
  return `${placeName(place)}に、${names[kind]}のようなものが含まれています。このプログラムはそこで処理を止め、その内容を使用も保存も送信も表示もしていません。

  チェックに必要なのは、公開アドレス(0xと16進数40桁)かENS名だけです。

  本物の秘密の情報だった場合:
${[...removal(place, traces), ...always].map((line) => `  → ${line}`).join('\n')}${
  kind === 'private-key'
    ? '\n\n  取引ハッシュは秘密鍵と同じ形なので、同じように受け付けません。--tx の値として、0xを付けて指定したものだけを受け付けます。--tx は1つのハッシュごとに指定し、前後に何も付けないでください。'
    : ''
}`
}

const always = [
  `ほかの人やプログラムに見られた可能性がある場合(共用のパソコン、チャット、ウェブサイト、クラウドへのバックアップなど)は、
    漏れたものとして扱ってください。新しいリカバリーフレーズで新しいウォレットを作り、資産をすべて移してください。`,
  '助けると言ってくる相手にも、決して渡さないでください。このプロジェクトが求めることもありません。',
]

function placeName(place: SecretPlace): string {
  if (place.kind === 'file') return `ファイル ${place.name} `
  return place.kind === 'variable' ? `環境変数 ${place.name} ` : 'コマンドライン'
}

function removal(place: SecretPlace, traces: NpmTraces | null): readonly string[] {
  switch (place.kind) {
    case 'file':
      return [
        `ファイル ${place.name} を読める人やプログラムには、その内容が見えます。紙の控えかウォレットの中に残っていることを確かめてから、
    このファイルから削除してください。ごみ箱、バックアップ、クラウドと同期するフォルダーの写しも削除してください。`,
      ]
    case 'variable':
      return [
        `環境変数 ${place.name} を、設定した場所から削除してください。このシェルでは unset ${place.name} を実行し、~/.bashrc、~/.zshrc、.env などのファイルからも削除します。`,
        '手で入力した場合は、シェルの履歴(bashなら history -d、zshなら ~/.zsh_history)からも削除してください。',
      ]
    case 'command-line':
      return [
        ...npmRemoval(traces),
        'シェルの履歴(bashなら history -d、zshなら ~/.zsh_history)から削除し、クリップボードも消してください。',
      ]
    default:
      return place satisfies never
  }
}

function npmRemoval(traces: NpmTraces | null): readonly string[] {
  if (traces === null) return []
  const { starter, isShown, logFolder } = traces
  return [
    ...(isShown
      ? [`このプログラムを起動した ${starter} が、画面に表示した可能性があります。画面を消去してください。`]
      : []),
    ...(logFolder === null
      ? []
      : [
          `${starter} がログに書き込んだ可能性があります。フォルダー ${logFolder} の新しいファイルを削除してください。`,
        ]),
  ]
}
