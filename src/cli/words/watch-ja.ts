import type { CliWords } from './index.ts'

export default {
  serving: (at) => `メトリクス: http://${at}/metrics   稼働状態: http://${at}/healthz`,
  exposed: (at) => `${at} に接続できる人は、アカウントとそのラベルを読むことができます。`,
  run: (time, number, result) => `${time} ${number}回目: ${result}`,
  stopping:
    '中断しています。実行中のチェックは取りやめ、読み取った内容は次回のために残します。すぐに終了するには、もう一度Ctrl-Cを押してください。',
  none: '検出結果なし',
  unknown: (checks) => `完了できなかったチェック ${checks}件`,
  unchecked: (accounts) => `チェックできなかったアカウント ${accounts}件`,
  cost: (seconds, requests) => `${seconds}秒、リクエスト${requests}回`,
  failed: '失敗しました',
  missed: (count) => `実行中に予定の時刻が${count}回来ましたが、始めませんでした`,
  next: (time) => `次回 ${time}`,
} satisfies CliWords['watch']
