import type en from './plugin-errors-en.ts'
import type { Translated } from './translated.ts'

export default {
  'plugin-duplicate': {
    message: 'プラグイン {plugin} のルール {rule} は、すでにあります。',
    hints: ['プラグインは1回ずつ指定してください。'],
  },
  'plugin-failed': {
    message: 'プラグイン {plugin} を読み込めませんでした: {reason}',
    hints: [],
  },
  'plugin-invalid': {
    message: 'プラグイン {plugin} は使えません: {problem}。',
    hints: ['既定のエクスポートは、defineRule で作ったルールか、その配列でなければなりません。'],
  },
  'plugin-not-found': {
    message: 'プラグイン {plugin} が見つかりません。',
    hints: [
      'パスは ./ で始め、設定ファイルのあるフォルダー(--plugin では、コマンドを実行するフォルダー)からの位置で指定します。パッケージは、そこにインストールされている必要があります。',
    ],
  },
  'plugin-version': {
    message: 'プラグイン {plugin} はルールのバージョン {found} 用ですが、このプログラムのバージョンは {known} です。',
    hints: ['古いほうを更新してください。'],
  },
  'unreportable-finding': {
    message: 'ルール {rule} の検出結果は、レポートに載せられません: {problem}。',
    hints: ['testRule でルールを試してください。'],
  },
} satisfies Translated<typeof en>
