import type { Translation } from '../../src/rule.ts'
import type en from './en.ts'

const doubt =
  '受け取る心当たりがあるトークンの場合だけ、次に進みます。トークンは誰でも誰にでも送れます。名前に書かれたサイトは開かず、受け取りや売却のための承認もしないでください。'

const importSteps = [
  doubt,
  'MetaMaskで、ネットワーク {chain}(チェーンID {chainId})を選びます。',
  'トークン一覧のメニューからトークンの管理(Manage tokens)、カスタムトークンの追加(Add custom token。以前の版ではImport tokens)と進み、「トークンコントラクトアドレス」に {token} を貼り付けます。',
  'MetaMaskが入力した値を確かめます。シンボルが {symbol}、「トークンの小数桁数」が {decimals} であれば、追加します。残高として {amount} が表示されます。',
]

const held = 'このアカウントは、{chain} にトークン {token} を {amount} 持っています'

export default {
  title: '持っているトークンがウォレットに表示されていません',
  decides:
    '持っているトークンが、ウォレットに表示されているものに含まれないかどうかを調べます。表示が分からない場合は、どのリストにも載っていないか、MetaMaskがトークンを探さないチェーンにあるかを調べます。表示が分からず、どのリストも扱わないチェーンでは、軽く扱います。',
  why: '表示されないトークンは、失われたように見えます。実際にはチェーン上にあり、ウォレットに追加すれば見えるようになります。',
  options: {
    longestSymbol: 'MetaMaskが追加できるシンボルの最大の文字数。',
    mostDecimals: 'MetaMaskが追加できる小数桁数の最大値。',
  },
  messages: {
    'not-shown': {
      message: `${held}。ウォレットに表示されているトークンには含まれていません。`,
      steps: importSteps,
      links: ['tokens'],
    },
    unlisted: {
      message: `${held}。このチェーンを扱う{lists}個のリストのどれにも載っていないため、MetaMaskには自動で表示されない可能性が高いです。`,
      steps: importSteps,
      links: ['tokens'],
    },
    uncovered: {
      message: `${held}。{chain} のトークンを載せたリストがないため、MetaMaskに自動で表示されるかどうかは分かりません。`,
      steps: importSteps,
      links: ['tokens'],
    },
    'no-detection': {
      message: `${held}。{chain} ではMetaMaskの「トークンの自動検出」が働かないため、自動で表示されない可能性が高いです。`,
      steps: importSteps,
      links: ['tokens'],
    },
    unimportable: {
      message: `${held}。{certainty, select, certain {ウォレットには表示されていません。} possible {ウォレットには自動で表示されないことがあります。} other {ウォレットには自動で表示されない可能性が高いです。}}さらに、{obstacle, select, nosymbol {コントラクトがシンボルを返さないため} longsymbol {シンボル {symbol} が{longestSymbol}文字より長いため} nodecimals {コントラクトが小数桁数を返さないため} other {小数桁数が{decimals}で、{mostDecimals}を超えるため}}、MetaMaskに追加できないことがあります。`,
      steps: [
        doubt,
        'MetaMaskでネットワーク {chain}(チェーンID {chainId})を選び、カスタムトークンとして {token} を追加してみます。',
        'シンボルを求められたら、{longestSymbol}文字以内で入力します。「トークンの小数桁数」を求められたら、発行元が公開している数だけを使います。違う数を入れると、誤った残高が表示されます。',
        '追加できなくても、失われたものはありません。残高はチェーン上に残り、発行元のアプリケーションから使えます。',
      ],
      links: ['tokens'],
    },
    bait: {
      title: 'おとりと思われるトークンが届いています',
      why: 'このようなトークンは、多くのアカウントに一方的に送られます。サイトを開かせて承認や署名をさせ、本当の資産を奪うことが狙いです。',
      message: `${held}。どのリストにも載っておらず、その言葉(シンボル: {symbol})はサイトへ誘導しようとしています。悪意をもって送られた可能性が高いです。`,
      steps: [
        '名前に書かれたサイトを開かないでください。受け取り、売却、送付も試さないでください。',
        '{token} に関わる承認は、一切しないでください。持っているだけなら害はありません。',
        '受け取る心当たりがある場合は、以前から知っている公式ページを通じて、{token} が発行元のコントラクトかどうかを確かめます。',
      ],
      links: ['safety'],
    },
  },
} satisfies Translation<typeof en>
