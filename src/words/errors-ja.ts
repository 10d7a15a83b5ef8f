import type en from './errors-en.ts'
import type { Translated } from './translated.ts'

const anotherEndpoint = '別の接続先を使ってください。'
const askByHash =
  'ウォレットに表示されるハッシュを --tx で指定してください。1件ずつなら、接続先が知っていることがあります。'
const ownNode = '公開の接続先の多くは保留中の取引を公開しません。自分のノードのRPC URLを使ってください。'
const anotherSource = '--logs-from または --history-url に別の取得先を指定するか、指定せずに実行してください。'
const sourceKey =
  'キーが必要な場合は、WALLET_CHECKUP_LOGS_KEY に、--history-url の場合は WALLET_CHECKUP_HISTORY_KEY に設定してください。'
const keyPlace =
  "キーが必要な場合は、URL内のキーの位置に '{'key'}' と書き、WALLET_CHECKUP_LOGS_KEY にキーを設定してください。"
const checkKey = 'RPC URLに含まれるAPIキーを確認してください。'
const laterOrElse = '1分ほどしてからもう一度実行するか、別の接続先を使ってください。'
const otherLogs =
  '別の接続先やプランを使うか、--logs-from で別の取得先からログを得るか、--quick で既知の使用者だけを調べてください。'
const finalUrl = 'このURLは別のURLに転送されますが、転送先には問い合わせません。最終的なURLを指定してください。'

export default {
  'baseline-unread': {
    message:
      'ベースラインに、このアカウントの{part, select, balance {残高} nonce {次の「ナンス」} tokens {トークンの残高} spenders {使用者の一覧} other {所有者とモジュール}}がありません。そのときに読み取れませんでした。',
    hints: ['それを読み取れるチェックで、ベースラインを更新してください。'],
  },
  'baseline-newer': {
    message: 'ベースラインはブロック {block} のもので、チェックするブロックより後です。',
    hints: ['後のブロックをチェックするか、前のレポートと比べてください。'],
  },
  'baseline-apart': {
    message:
      'ベースラインの{part, select, balance {残高} other {トークンの残高}}はブロック {since} のもの、{by, select, nonce {次の「ナンス」} other {Safeアカウントの「ナンス」}}はブロック {until} のものです。その間に出ていったものを、アカウント自身が送ったかどうかは分かりません。',
    hints: [
      'その間に出ていったものを確認してから、ベースラインを更新してください。どちらも同じブロックのものになります。',
    ],
  },
  'token-not-asked': {
    message: 'ベースラインにあるトークンですが、チェックのときに残高を尋ねていません。',
    hints: ['保存したデータを判定するときだけでなく、アカウントを読み取るときにもベースラインを指定してください。'],
  },
  'activity-unreadable': {
    message: 'アカウントの取引{sent}件が、1件も見つかりませんでした。{reason}',
    hints: ['アーカイブノードの接続先を使ってください。'],
  },
  'bait-unread': {
    message: '実際にはない許可を知らせた人は、新しい取引{count}件についてだけ読み取りました。',
    hints: [],
  },
  'balance-refused': {
    message: 'このコントラクトは、アカウントの残高を答えません。',
    hints: ['そのアドレスがこのチェーンのトークンかどうかを確かめてください。'],
  },
  'blob-fee-untold': {
    message:
      '接続先が次のブロックのブロブのガス代を示さないため、待っている取引のブロブの手数料が足りるかどうかは比べていません。',
    hints: [anotherEndpoint],
  },
  'block-not-found': {
    message: '接続先にはブロック {block} がありません。最新のブロックは {head} です。',
    hints: ['存在するブロックを選ぶか、--block を付けずに実行してください。'],
  },
  'blocks-left-out': {
    message: '許可とトークンの検索を、途中のブロックから始めました(--from-block)。',
    hints: [
      '--from-block を付けずに、もう一度実行してください。それより前に何もないと分かっている場合は、--allow-incomplete を付けます。',
    ],
  },
  'blocks-not-read': { message: '一部のブロックのログを読み取れませんでした。', hints: [] },
  'client-timeout': {
    message: '{host} は、使われたクライアントの制限時間内に {method} に応答しませんでした。',
    hints: ['別の接続先を使ってください。'],
  },
  'clocks-disagree': {
    message:
      '時計が合いません。{host} の最新ブロックの時刻が、このコンピューターの時計より{ahead}進んでいるため、どれくらい古いかが分かりません。',
    hints: ['このコンピューターの時計を合わせてください。時計が正しい場合は、別の接続先を使ってください。'],
  },
  'connection-failed': {
    message: '{host} に接続できませんでした({reason})。',
    hints: ['RPC URLとインターネット接続を確認してください。'],
  },
  'contract-unreadable': {
    message: 'このアカウントの使用許可のイベントを出したコントラクトが、いまも有効かどうかの問い合わせに答えません。',
    hints: [],
  },
  'creation-not-told': {
    message:
      'コントラクトが最初のブロックからあったか、エンドポイントがどのブロックについても今のコードを返しています。',
    hints: [],
  },
  'creations-left-out': {
    message: 'コントラクトの作成時期は、使用者{count}件についてだけ調べました。',
    hints: [],
  },
  'damaged-logs': {
    message: '以前の実行で保存したログが壊れています。',
    hints: ['wallet-checkup cache clear を実行してください。'],
  },
  'endpoint-disagrees': {
    message:
      '失敗した接続先の代わりになるはずの {host} は、{kind, select, chain {チェーン {expected} ではなく {actual} のものでした} lacking {ブロック {block} を持っていません} other {ブロック {block} の内容が異なります}}。そのため使っていません。',
    hints: ['同じチェーンの別の接続先を指定するか、もう一度チェックを実行してください。'],
  },
  'endpoint-behind': {
    message:
      '{host} の一部のサーバーがブロック {block} をまだ認識していないため、最新のログが欠けている可能性があります。',
    hints: ['1分ほどおいてもう一度実行してください。'],
  },
  'ens-name-not-found': {
    message: 'ENS名 {name} に対応するアドレスがありません。',
    hints: ['つづりを確認するか、アドレスそのものを指定してください。'],
  },
  'ens-name-offchain': {
    message: 'ENS名 {name} の情報はチェーンの外にあります。ほかのサーバーには問い合わせません。',
    hints: ['アドレスそのものを指定してください。'],
  },
  'ens-not-available': {
    message: 'チェーン {chainId} にはENSがないため、名前からアドレスを調べられません。',
    hints: ['アドレスそのものを指定してください。'],
  },
  'fact-not-saved': {
    message: '事実のファイルが以前の版のもので、これは読み取られていません。',
    hints: ['--save-facts で保存し直してください。'],
  },
  'from-block-too-high': {
    message: '読み始めるブロック({fromBlock})が、チェックするブロック({toBlock})より後になっています。',
    hints: ['--from-block に、より小さい値を指定してください。'],
  },
  'historical-block': {
    message: '過去のブロック {block} を見ているため、保留中の取引と現在の手数料は読み取っていません。',
    hints: ['保留中の取引と手数料を見るには、--block を付けずに実行してください。'],
  },
  'history-starts-later': {
    message: '{since} 以降の取引だけを調べました。このチェックが判断する期間には、それより古い取引も含まれます。',
    hints: ['--history で日数を増やしてください。'],
  },
  'http-status': {
    message: '{host} は {method} にHTTP {status} を返しました。',
    hints: [
      `{status, select, 401 {${checkKey}} 403 {${checkKey}} 301 {${finalUrl}} 302 {${finalUrl}} 307 {${finalUrl}} 308 {${finalUrl}} 404 {RPC URLを確認してください。} 500 {${laterOrElse}} 502 {${laterOrElse}} 503 {${laterOrElse}} 504 {${laterOrElse}} other {}}`,
    ],
  },
  'invalid-endpoint': {
    message:
      '{problem, select, scheme {RPC URLは https:// または http:// で始まる必要があります。} other {RPC URLがURLの形式になっていません。}}',
    hints: ['RPC URLの全体を指定してください。例: https://rpc.example'],
  },
  'invalid-reply': {
    message:
      '{method} に対する {host} の応答は使えない内容でした{problem, select, another {(別のリクエストへの応答です)} compression {(圧縮が壊れています)} encoding {(圧縮の形式が分かりません)} json {(JSONではありません)} large {(読み取れる大きさを超えています)} list {(1つの応答ではなく一覧です)} log {(ログの形式が正しくありません)} multicall {(Multicall3が返す形式ではありません)} nothing {(結果もエラーもありません)} object {(JSONのオブジェクトではありません)} start {(別のブロックから始まっています)} stream {(ブロックの列ではありません)} unanswered {(リクエストへの応答がありません)} undecodable {(解読できません)} other {}}。',
    hints: [anotherEndpoint],
  },
  'log-source-behind': {
    message: '{host} がブロック {block} より後を持っていることを、確かめられませんでした。',
    hints: ['しばらくしてからもう一度実行するか、--logs-from に別の取得先を指定してください。'],
  },
  'log-source-chain-unknown': {
    message: '{host} が同じチェーンのものかを確かめられなかったため、このアカウントについては問い合わせていません。',
    hints: [anotherSource],
  },
  'log-source-cut': {
    message: '{host} は、ブロック {block} のログを{rows}件返しました。断りなく、そこで打ち切った可能性があります。',
    hints: [anotherSource],
  },
  'log-source-failed': {
    message: '取得先 {host} から読み取れませんでした。{reason}',
    hints: [
      `{advice, select, connection {取得先のURLとインターネット接続を確認してください。} final {${finalUrl}} key {${sourceKey}} place {${keyPlace}} later {しばらくしてからもう一度実行してください。} timeout {--timeout の値を大きくしてください。} url {取得先のURLを確認してください。} other {}}`,
      `{advice, select, scan {} other {${anotherSource}}}`,
    ],
  },
  'log-source-incomplete': {
    message: '{host} は、チェーンのすべてのブロックを読み終えたと答えていません。',
    hints: [anotherSource],
  },
  'log-source-refused': {
    message: '{host} は一覧を返さず、「{words}」と答えました。',
    hints: [sourceKey, anotherSource],
  },
  'log-source-starts-late': {
    message: '{host} には、ブロック {block} より前がありません。',
    hints: [anotherSource],
  },
  'log-source-wrong-chain': {
    message:
      '{host} は別のチェーンのものです。ブロックが接続先のものと一致しません。このアカウントについては問い合わせていません。',
    hints: [anotherSource],
  },
  'logs-cut': {
    message:
      '1つのブロックの応答に含まれるログがちょうど{logs, plural, other {#}}件でした。この件数で黙って打ち切るノードがあります。',
    hints: [anotherEndpoint],
  },
  'logs-pruned': {
    message: 'ブロック {since} より前にもログがあるはずですが、{host} はログがないかのように応答しました。',
    hints: ['すべてのログを保持している接続先を使ってください。'],
  },
  'logs-unconfirmed': {
    message: '{host} は、ログを含むブロックについても「ログなし」と応答します。そのため、空の応答を信用できません。',
    hints: [anotherEndpoint],
  },
  'logs-not-asked': {
    message: 'ログは検索していません。一覧にあるトークンと、既知の使用者だけを調べました。',
    hints: ['--quick を付けずに、もう一度実行してください。'],
  },
  'malformed-reply': {
    message: 'ノードの応答の形式が正しくありません{what, select, unnamed {} other {({what})}}。',
    hints: [anotherEndpoint],
  },
  'no-safe-batch': {
    message:
      '{obstacle, select, person {Safeアカウント用のバッチは作りませんでした。チェックしたアカウントはコントラクトではないため、Safeアカウントではありません。呼び出しは -o calls で得られます。} several {Safeアカウント用のバッチは作りませんでした。複数のアカウントやチェーンに呼び出しがあり、バッチは1つのSafeアカウントのためのものです。} other {Safeアカウント用のバッチは作りませんでした。Safeアカウントには、取り消しに成功すると確かめられた呼び出しがありません。}}',
    hints: [],
  },
  'no-sarif-anchor': {
    message: 'SARIFでは検出結果をファイルの行に結び付けますが、{account} を宣言している設定ファイルがありません。',
    hints: ['--sarif-anchor FILE で、リポジトリにあるファイルを指定してください。検出結果はその1行目に表示されます。'],
  },
  'not-read-again': {
    message: '読み直しを行っていません。',
    hints: [],
  },
  'pending-not-shown': {
    message:
      '{host} は、このアカウントの保留中の取引を{count, plural, other {#件}}数えていますが、その内容を公開していません。欠けたナンスの後ろで、ほかの取引が待っている可能性もあります。',
    hints: [askByHash, ownNode],
  },
  'pending-summarised': {
    message:
      '{host} は、保留中の取引{count, plural, other {#件}}について概要だけを示します。チップ、種類、いつから待っているかは分かりません。',
    hints: [askByHash],
  },
  'pending-not-listed': {
    message: 'ノードは、一覧に出していない保留中の取引を{count}件数えています。',
    hints: ['1分ほどおいてもう一度実行するか、別の接続先を使ってください。'],
  },
  'mempool-not-shared': {
    message:
      '{host} は保留中の取引を公開していません。見えていないものが残っている可能性があります。保留中を含む取引の数が処理済みの数と同じでも、待っている取引がない証拠にはなりません。',
    hints: [askByHash, ownNode],
  },
  'method-not-allowed': { message: '{method} は読み取り専用のメソッドではないため、送信しませんでした。', hints: [] },
  'method-not-supported': {
    message: 'このノードは {method} に対応していません。',
    hints: [`{method, select, eth_getLogs {${otherLogs}} other {}}`],
  },
  'needed-fact-failed': { message: '先に必要な情報({fact})を読み取れませんでした。{reason}', hints: [] },
  'nonce-without-transaction': {
    message:
      'アカウントのナンス{count}個が、取引を送らずに使われています。EIP-7702の委任の署名や、委任されたアカウントによるコントラクトの作成で起こります。',
    hints: [],
  },
  'nonces-not-found': {
    message: 'アカウントの取引のうち{count}件を、ノードが示しませんでした。',
    hints: ['それらを見るには、別の接続先を使ってください。'],
  },
  'older-transactions-unread': {
    message:
      'アカウントの新しい取引{count}件だけを調べました。それより古い取引も、同じ期間に含まれる可能性があります。',
    hints: ['判断する期間を短くしてください。'],
  },
  'rate-limited': {
    message: '{host} は {method} を拒否し続けました。リクエストが多すぎます。',
    hints: ['しばらく待つか、上限の高い接続先を使ってください。'],
  },
  'receipt-not-found': { message: '取引 {transaction} のレシートがノードにありません。', hints: [] },
  'receipt-without-status': {
    message: '取引 {transaction} のレシートには、成功したかどうかが書かれていません。',
    hints: [],
  },
  reorganised: {
    message: 'ログを読み取っている間に、ブロック {block} が別のブロックに置き換わりました。',
    hints: ['1分ほどおいてもう一度実行してください。'],
  },
  'call-not-repeatable': {
    message: '取引 {transaction} に含まれる委任の署名かブロブは、呼び出しでは再現できないため、理由は分かりません。',
    hints: [],
  },
  'replay-succeeded': {
    message: '直前のブロックの状態で {transaction} の呼び出しを再現すると成功するため、失敗の理由が分かりません。',
    hints: [],
  },
  'request-budget-used': {
    message:
      '{method} は送りませんでした。この実行で送れる {requests, plural, other {#}} 回のリクエストを使い切りました。',
    hints: ['--max-requests の値を大きくしてください。'],
  },
  'revocation-doubtful': {
    message: 'コントラクトは実行しなかったと答え、そのあとの状態を読み取れませんでした。',
    hints: [],
  },
  'revocation-not-tried': {
    message: '許可が多いため、この呼び出しは試していません。',
    hints: [],
  },
  'rpc-refused': {
    message: 'ノードが {method} を拒否しました(コード {nodeCode})。ノードの説明:「{nodeMessage}」',
    hints: [`{method, select, eth_getLogs {${otherLogs}} eth_chainId {${anotherEndpoint}} other {}}`],
  },
  'rpc-timeout': {
    message: '{host} は {timeout} 以内に {method} に応答しませんでした。',
    hints: ['--timeout の値を大きくするか、別の接続先を使ってください。'],
  },
  'scan-too-long': {
    message:
      'ログの検索を、長い部分の手前で止めました。残りには、あと約 {requests, plural, other {#}} 回のリクエスト{limit, select, blocks {(1回に {cap} ブロック)} other {}}が必要で、この接続先では約 {time} かかります。',
    hints: [
      '--from-block で古いブロックを省いてください。',
      '一度に多くのブロックを読める接続先も使えます。',
      '最後まで待つ場合は --yes を、既知の使用者だけを調べる場合は --quick を付けてください。',
    ],
  },
  'second-other-chain': {
    message:
      '2つ目の接続先 {host} はチェーン {expected} ではなく {actual} のものでした。そのため、ほかには何も問い合わせていません。',
    hints: ['同じチェーンの接続先を2つ目に指定してください。'],
  },
  'second-without-block': {
    message: '2つ目の接続先 {host} にはブロック {block} がありません。',
    hints: ['もう一度チェックを実行するか、別の接続先を2つ目に指定してください。'],
  },
  'second-not-there': {
    message: '読み直す対象が {host} にはありません。',
    hints: [],
  },
  'old-approvals-unread': {
    message: '承認を送った人と時刻は、新しい取引{count}件についてだけ読み取りました。',
    hints: [],
  },
  // What a source does, which is not the node under check: see `causeOf`.
  'source-method-not-supported': { message: '{host} は {method} に対応していません。', hints: [] },
  'source-rpc-refused': {
    message: '{host} は {method} を拒否しました(コード {nodeCode})。取得先の説明:「{nodeMessage}」',
    hints: [],
  },
  'source-state-unavailable': {
    message:
      '{method, select, eth_getLogs {{host} から、これらのブロックのログは得られません。取得先の説明:「{nodeMessage}」} other {{method} に必要な過去の状態が、{host} には残っていません。}}',
    hints: [],
  },
  'spenders-unreadable': {
    message: 'アカウントのトークンの1つが、だれに使用を認めているかを答えません。',
    hints: [],
  },
  'safe-list-unfinished': {
    message: 'Safeアカウントの一覧が、読み取る上限({read}件)より長く続いています。',
    hints: [],
  },
  'safe-unreadable': {
    message: 'Safeアカウントのコントラクトが、公開されているコントラクトにはない答えを返しました。',
    hints: [],
  },
  'sanctions-list-future': {
    message: 'リスト {list} は、書かれている日付({date})がまだ来ていないため使いませんでした。',
    hints: ['リストの中の、データの日付を直してください(例: # date: YYYY-MM-DD)。'],
  },
  'sanctions-list-old': {
    message:
      'リスト {list}({date})は{days}日前のものなので使いませんでした。このようなリストでは、アドレスの追加や解除があります。',
    hints: ['--sanctions-list で、新しいリストを指定してください。'],
  },
  'sanctions-list-undated': {
    message: 'リスト {list} には、いつのものかが書かれていないため使いませんでした。',
    hints: ['リストの中に、データの日付を書いてください(例: # date: YYYY-MM-DD)。'],
  },
  'sender-not-asked': {
    message: 'トークンが出ていった取引のうち、アカウントが送ったものかどうかが分からないものがあります。',
    hints: ['--history を付けて、アカウント自身の取引をより多く読み取ってください。'],
  },
  'sent-left-out': {
    message: 'ベースラインの後にトークンがアカウントから出ていった取引が多いため、新しいものだけを調べました。',
    hints: ['チェックの間隔を短くし、想定したものはベースラインに取り入れてください。'],
  },
  'state-unavailable': {
    message:
      '{method, select, eth_getLogs {このノードから、これらのブロックのログは得られません。ノードの説明:「{nodeMessage}」} other {{method} に必要な過去の状態が、このノードには残っていません。}}',
    hints: [
      `{method, select, eth_getLogs {${otherLogs}} other {アーカイブノードの接続先を使うか、最新のブロックでチェックしてください。}}`,
      '{method, select, eth_getLogs {古いブロックに何もないと分かっている場合は、--from-block で省くこともできます。} other {}}',
    ],
  },
  stopped: {
    message: '読み取る前に実行が中断されました。',
    hints: [
      '同じチェックをもう一度実行してください。--no-cache を付けていなければ、読み取り済みのところから続きます。',
    ],
  },
  'supply-not-told': {
    message: 'このコントラクトは総供給量を答えません。そのため、許可の数量がそれを超えるかどうかが分かりません。',
    hints: [],
  },
  'too-many-counterparties': {
    message: 'アカウントの送受信に現れるアドレスが多いため、新しいものだけを比べました。',
    hints: [],
  },
  'too-many-strayed': {
    message:
      'トークンのコントラクトや、だれのものでもないアドレスへ何かを動かした取引が多いため、新しいものだけを調べました。',
    hints: [],
  },
  'transactions-left-out': {
    message: '指定された期間の取引のうち、古いもの{count}件は読み取っていません。新しいものだけを読み取りました。',
    hints: [
      '{limit, select, most {読み取るのは新しいものから10000件までです。--history の日数を減らすと、その期間のすべてを読み取れます。} other {--history で日数を指定すると、新しいものから10000件まで読み取ります。}}',
    ],
  },
  'transfers-left-out': {
    message: '1つのアドレスについてのイベントが多いため、古いものと新しいものだけを調べました。',
    hints: [],
  },
  'undeclared-fact': {
    message: 'ルール {rule} が、needsに書かれていない情報 {fact} を読みました。',
    hints: ['ルールのneedsに {fact} を追加してください。'],
  },
  'unexpected-error': { message: '予期しないエラーで、この処理が終わりました({name})。', hints: [] },
  'unknown-permit2': {
    message:
      'Permit2として知られていないコントラクトが、このアカウントについてPermit2と同じ形のイベントを出しました。そこにある許可は読み取っていません。',
    hints: [],
  },
  'unreadable-log': {
    message: 'このアカウントに関するイベントのうち、どの規格にもない形のものがあります。',
    hints: [],
  },
  'wait-too-long': {
    message:
      '{host} は {method} を拒否しました。リクエストが多すぎます。{wait}待つよう求められたため、もう一度は問い合わせていません。',
    hints: ['その時間が過ぎてからもう一度実行するか、別の接続先を使ってください。'],
  },
  'wrong-chain': {
    message: '接続先はチェーン {expected} ではなく {actual} でした。そのため、ほかの情報は読み取っていません。',
    hints: ['--chain とRPC URLを確認してください。'],
  },
} as const satisfies Translated<typeof en>
