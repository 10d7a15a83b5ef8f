import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

export default {
  title: '委任したアカウントの待ち取引は、ノードが少ししか受け付けません',
  decides:
    'EIP-7702の委任をしているアカウントで、多くのノードが受け付ける件数(1件)より多くの取引が待っているかどうかを調べます。',
  why: 'ノードは、委任したアカウントの次の取引を拒む(in-flight transaction limit reached for delegated accounts)か、途中で破棄します。その取引は、ウォレットの中だけで待ち続けます。',
  options: {
    mostInFlight: '委任したアカウントについて、ノードが待たせておく取引の数。特に設定がなければ1件です。',
  },
  messages: {
    several: {
      message:
        'このアカウントは {delegate} のコードで動いていて、取引が{inFlight}件待っています。多くのノードは、委任したアカウントの取引を{limit}件しか受け付けません。残りはブロックに入らないことがあります。',
      steps: [
        'いまは、これらの検出結果の手順で送るものを除き、このアカウントからこれ以上送らないでください。次の取引も拒まれます。',
        '「ナンス」が {first} の取引から始めます。確認されるまで待つか、待っている理由を示す検出結果の手順に従います。',
        'そのあとで次の取引を送ります。1件ごとに、確認されるまで待ってください。スマートアカウントの一括処理を使えば、取引は1件で済みます。',
        '「スマートアカウント」を有効にした覚えがなければ、先に委任先についての検出結果の手順に従います。',
      ],
      links: ['transactions'],
    },
  },
} satisfies Translation<typeof en>
