import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const unused =
  '{unused, plural, =0 {} other {#人の所有者は、ここで取引を送ったことがありません。署名だけなら取引は要りませんが、鍵を持つ人がいることを確かめてください。}}'
const list = 'Safeアプリで「Settings」の「Setup」を開きます。所有者と、確認に必要な人数が表示されます。'
const keys = '所有者ごとに、鍵を誰がどの端末で持っているかを書き出します。同じ端末にある2人の所有者は、1人と同じです。'

export default {
  title: 'Safeアカウントの決定に加わる人が少なすぎます',
  decides:
    'Safeアカウントで、所有者1人の確認だけで足りるか、全員の確認が必要か、所有者だけでは必要な人数に届かないかを調べます。',
  why: '1人で決められる場合は、鍵が1つ盗まれるだけですべてを失います。全員の確認が必要な場合は、鍵を1つ失うだけで何も動かせなくなります。',
  options: { minimumThreshold: '確認に必要な所有者の、最少の人数。' },
  messages: {
    'any-owner': {
      message: `{owners}人の所有者の誰でも、1人だけですべてを動かせます。${unused}`,
      steps: [
        list,
        keys,
        '確認に必要な人数を{wanted}人以上に上げる提案をします。所有者は、必要な人数より少なくとも1人多くしておきます。',
      ],
      links: ['safety'],
    },
    few: {
      message: `{owners}人の所有者のうち{threshold}人で、すべてを動かせます。指定された最少の人数は{wanted}人です。${unused}`,
      steps: [
        list,
        keys,
        '確認に必要な人数を{wanted}人に上げる提案をします。所有者は、必要な人数より少なくとも1人多くしておきます。',
      ],
      links: ['safety'],
    },
    'one-owner': {
      message: `確認できる所有者は1人だけです。その鍵を持つ人がすべてを動かせ、鍵を失うと何も動かせなくなります。${unused}`,
      steps: [
        list,
        '別の端末に鍵がある所有者を加える提案をします。確認に必要な人数より1人多くなるまで加えます。',
        '加え終わったら、確認に必要な人数を{wanted}人以上に上げます。',
      ],
      links: ['safety'],
    },
    'own-owner': {
      message: `Safeアカウント自身が所有者に入っていて、その分の確認は決してできません。確認できるのは残りの{able, plural, other {#人}}で、{threshold}人の確認が必要です。${unused}`,
      steps: [list, 'Safeアカウント自身の代わりに、鍵を持つ所有者を入れる提案をします。', keys],
      links: ['safety'],
    },
    'no-spare': {
      message: `{owners}人の所有者全員の確認が必要です。鍵を1つ失うと、何も動かせなくなります。${unused}`,
      steps: [list, keys, '別の場所に鍵がある所有者を1人加える提案をします。確認に必要な人数は変えません。'],
      links: ['safety'],
    },
    unreachable: {
      message: `{threshold}人の確認が必要ですが、確認できる所有者は{able, plural, other {#人}}だけです。Safeアカウント自身が所有者に入っているためです。所有者は何も動かせません。${unused}`,
      steps: [
        'このアカウントには、これ以上何も送らないでください。',
        list,
        '「Modules」で、復旧用など、自分のモジュールがまだ動けるかを確かめます。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
