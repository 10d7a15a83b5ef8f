import type en from './cache-errors-en.ts'
import type { Translated } from './translated.ts'

export default {
  'blocks-not-kept': {
    message: 'キャッシュにあったブロックの一部がなくなっています。',
    hints: ['もう一度実行してください。'],
  },
  'cache-damaged': {
    message: 'キャッシュが壊れています。',
    hints: [
      '次のチェックのときに別の名前で残し、新しく作り直します。wallet-checkup cache clear で削除することもできます。',
    ],
  },
  'cache-failed': {
    message: 'キャッシュを使えませんでした({reason})。',
    hints: [
      '--cache-dir で別のフォルダーを指定してください。チェックは、--no-cache を付ければキャッシュなしでも実行できます。',
    ],
  },
  'cache-full': {
    message: 'キャッシュを保存する空き容量がありません。',
    hints: ['空き容量を増やすか、wallet-checkup cache clear を実行してください。'],
  },
  'cache-locked': {
    message: '別のプログラムがキャッシュを長い間使用中でした。',
    hints: ['別のプログラムが終わってから、もう一度実行してください。'],
  },
  'cache-too-new': {
    message: 'このキャッシュは、より新しいバージョンのwallet-checkupが作成したものです。',
    hints: ['wallet-checkupを更新するか、--cache-dir で別のフォルダーを指定してください。'],
  },
  'cache-unwritable': {
    message: 'キャッシュのフォルダーに書き込めません。',
    hints: [
      '--cache-dir で別のフォルダーを指定してください。チェックは、--no-cache を付ければキャッシュなしでも実行できます。',
    ],
  },
} satisfies Translated<typeof en>
