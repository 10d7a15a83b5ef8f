import expectation from './expectation-ja.ts'

const copyAgain = 'アドレスは手で入力せず、ウォレットからもう一度コピーしてください。'
const onlyEvm = 'チェックできるのは、EthereumなどEVMチェーンのアカウントだけです。'
const seeHelp = 'wallet-checkup --help --locale ja をご覧ください。'
const listFlaw = [
  '{unit, select, line {{number}行目} entry {{number}番目の項目} other {}}',
  '{problem, select,',
  ' not_an_address {がアドレス(0xと16進数40桁。1つのチェーンだけの場合は、その前に chainId:)ではありません}',
  ' shaped_like_a_key {がアドレスではありません。秘密鍵またはリカバリーフレーズの形をしているため、内容は表示しません}',
  ' not_a_text {が文字列ではありません}',
  ' without_address {に address がありません}',
  ' without_chain {の chainId が使えません}',
  ' broken_json {JSONのように始まっていますが、JSONではありません}',
  ' no_array {JSONがアドレスの配列ではありません}',
  ' no_tokens {JSONにトークンの配列がありません}',
  ' no_evm_address {EVMチェーンのアドレスを持つトークンがありません}',
  ' wrong_date {日付が YYYY-MM-DD の形の日ではありません}',
  ' other {内容に誤りがあります}}',
].join('')

export default {
  'address-empty': { message: 'アドレスが空です。', hints: ['公開アドレス(0xと16進数40桁)を指定してください。'] },
  'address-checksum': {
    message: 'このアドレスの大文字と小文字が、数字の並びと合いません。少なくとも1文字が間違っています。',
    hints: [copyAgain],
  },
  'address-too-short': {
    message: 'このアドレスは短すぎます。0xの後は16進数40桁のはずですが、{digits}桁しかありません。',
    hints: [copyAgain],
  },
  'address-too-long': {
    message: 'このアドレスは長すぎます。0xの後は16進数40桁のはずですが、{digits}桁あります。',
    hints: [copyAgain],
  },
  'address-no-prefix': {
    message: '先頭の0xが抜けたアドレスのようです。',
    hints: ['先頭に0xを付けてください。'],
  },
  'address-bad-character': {
    message: '先頭はアドレスの形ですが、16進数ではない文字が含まれています。',
    hints: [copyAgain],
  },
  'address-bitcoin': { message: `ビットコインのアドレスのようです。${onlyEvm}`, hints: [] },
  'address-solana': { message: `Solanaのアドレスのようです。${onlyEvm}`, hints: [] },
  'address-tron': { message: `Tronのアドレスのようです。${onlyEvm}`, hints: [] },
  'address-unreadable': {
    message: 'アドレス(0xと16進数40桁)でもENS名でもありません。',
    hints: [copyAgain, seeHelp],
  },
  'invalid-facts-file': {
    message:
      '{kind, select, json {完全なJSONではないため、保存した事実として読み込めません。} report {これはレポートです。保存した事実ではありません。} version {別のバージョンのwallet-checkupの形式で保存した事実です。} field {この事実は判定できません。{path} の値が正しくありません。} other {保存した事実ではありません。}}',
    hints: [
      '{kind, select, report {レポートをもう一度表示するには: wallet-checkup report FILE} other {事実は --save-facts FILE で保存できます。}}',
    ],
  },
  'invalid-history-source': {
    message:
      '{problem, select, url {履歴の取得先のURLは、https:// または http:// で始めてください。キーが含まれている可能性があるため、内容は表示しません。} credentials {履歴の取得先のURLに、ユーザー名、?以降、#以降のいずれかが含まれています。キーが含まれている可能性があるため、内容は表示しません。} other {環境変数 {variable} に、キーに使えない文字が含まれています。}}',
    hints: ['https://api.example/v2/api のようなAPIのURLを指定し、キーは {variable} に設定してください。'],
  },
  'invalid-log-source': {
    message:
      '{problem, select, url {ログの取得先のURLは、https:// または http:// で始めてください。} credentials {ログの取得先のURLに、ユーザー名、?以降、#以降のいずれかが含まれています。} other {ログの取得先として使えません。}}キーが含まれている可能性があるため、内容は表示しません。',
    hints: [
      '{problem, select, credentials {それらを除いたURLを指定し、キーは WALLET_CHECKUP_LOGS_KEY に設定してください。} other {blockscout:URL、etherscan、etherscan:URL、sqd:URL、rpc:URL のいずれかを指定してください。}}',
    ],
  },
  'invalid-option': { message: 'オプション {option} は使えません: {problem}。', hints: [] },
  'invalid-rule-options': { message: 'ルール {ruleId} のオプションが正しくありません: {problem}。', hints: [] },
  'invalid-suppression': {
    message:
      '{rule} を除外する設定を使えません: {problem, select, reason {理由がありません} expires {最終日が日付ではありません} late {期限が {expires} になっています} other {上限が、トークンの最小単位の整数ではありません}}。',
    hints: [
      '{problem, select, reason {そのままにしておく理由を書いてください。} expires {最終日を YYYY-MM-DD の形で書いてください。} late {期限は最長で{days}日先までです。} other {例: "250000000000"}}',
    ],
  },
  'invalid-sanctions-list': {
    message: `制裁対象のアドレスのリスト {list} を読み込めません: ${listFlaw}。`,
    hints: [
      `「# date: YYYY-MM-DD」の行に続けて、1行に1つ、アドレスか chainId:address を書いてください。JSONの '{'"date": "YYYY-MM-DD", "addresses": […]'}' でもかまいません。`,
    ],
  },
  'invalid-threat-list': {
    message: `脅威リスト {list} を読み込めません: ${listFlaw}。`,
    hints: [
      '1行に1つ、アドレスか chainId:address を書いてください(# から後はコメント)。同じ内容のJSON配列でもかまいません。',
    ],
  },
  'invalid-token-list': {
    message: `トークンリスト {list} を読み込めません: ${listFlaw}。`,
    hints: ['トークンリスト(JSON)か、1行に1つトークンのアドレスを書いたファイルを指定してください。'],
  },
  'invalid-transaction-hash': {
    message: '取引のハッシュではありません。別のものかもしれないため、ここには表示しません。',
    hints: [
      'ウォレットのアクティビティから、0xと16進数64桁のハッシュをコピーしてください。鍵は決して指定しないでください。',
      '--tx は1つのハッシュごとに指定し、前後に何も付けないでください。',
    ],
  },
  'log-source-key': {
    message:
      '{problem, select, missing {このログの取得先にはキーが必要です。環境変数 {variable} に設定してください。} other {環境変数 {variable} に、キーには使われない文字が含まれています。}}',
    hints: ['取得先のキーを設定するか、別の取得先を使ってください。'],
  },
  'no-rules-selected': {
    message: 'この指定では、判定するルールが残りません。',
    hints: ['--skip-rule を外してください。'],
  },
  'not-asked': {
    message: 'このときの実行ではどのチェックにも必要なかったため、読み取っていません。',
    hints: ['ルールを絞らずに、もう一度チェックを実行してください。'],
  },
  'secret-input': {
    message: '秘密の情報のようです。使用も保存も送信もしていません。',
    hints: ['代わりに公開アドレス(0xと16進数40桁)かENS名を指定してください。'],
  },
  'unknown-option': {
    message: 'オプション {option} はありません。',
    hints: ['{hasNearest, select, yes {{nearest} のことですか。} other {使えるオプション: {known}}}'],
  },
  'unknown-rule': {
    message: 'この名前のルールはありません: {ruleId}。',
    hints: ['{hasNearest, select, yes {{nearest} のことですか。} other {wallet-checkup rules で一覧が見られます。}}'],
  },
  'usage-no-address': {
    message: 'アドレスが指定されていません。',
    hints: [
      '例: wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --rpc-url https://rpc.example',
      'チェックの様子を見るには: wallet-checkup demo',
    ],
  },
  'usage-address-as-value': {
    message: '{option} の後にアドレスがあり、チェックするアカウントのアドレスが指定されていません。',
    hints: ['{option} の値をアドレスの前に書くか、{option} を外してください: wallet-checkup {address} …'],
  },
  'usage-accounts-alone': {
    message: 'アカウントと --accounts の両方が指定されています。',
    hints: ['どちらか一方を外してください。'],
  },
  'usage-accounts-chain': {
    message: '--accounts のアカウントをどのチェーンでチェックするかが分かりません。',
    hints: ['--chain で指定するか、設定ファイルを作成してください。'],
  },
  'usage-no-config': {
    message: 'ここに設定ファイルはありません。',
    hints: ['--config で指定するか、最初のファイルを書き出してください: wallet-checkup init'],
  },
  'usage-file-exists': {
    message: 'ファイル {file} はすでにあるため、変更していません。',
    hints: ['--config で別の名前を指定してください。'],
  },
  'usage-not-in-config': {
    message: '設定ファイル {file} に {account} というアカウントはありません。',
    hints: ['ファイルにあるラベルかアドレスを指定するか、--config を外してください。'],
  },
  'usage-one-chain': {
    message: '{option} は1つのチェーンについての指定ですが、{chains, plural, other {#個}}のチェーンをチェックします。',
    hints: ['--chain で1つに絞るか、設定ファイルに書いてください。'],
  },
  'usage-one-target': {
    message:
      '{option} は1つのチェーンの1つのアカウントについての指定ですが、{targets, plural, other {#件}}をチェックします。',
    hints: ['アカウントを1つ指定し、--chain でチェーンを指定してください。'],
  },
  'usage-watch-schedule': {
    message: '監視には、実行する時刻が必要です。--every と --cron のどちらか1つを指定してください。',
    hints: ['例: wallet-checkup watch --every 10m', 'または: wallet-checkup watch --cron "*/10 * * * *"'],
  },
  'usage-watch-stdin': {
    message: '監視では実行のたびにアカウントを読み込みますが、標準入力は一度しか読めません。',
    hints: ['ファイルを指定してください: --accounts accounts.csv'],
  },
  'cannot-listen': {
    message: '{at} で接続を待つことができません({reason})。',
    hints: ['--listen HOST:PORT で別の場所を指定するか、--listen off で使わないようにしてください。'],
  },
  'usage-notify-variable': {
    message: '--notify で指定した環境変数 {name} が設定されていません。',
    hints: ['URL、トークン、チャットのID、署名用の値は、コマンドラインに書かず、この環境変数に設定してください。'],
  },
  'usage-notify-url': {
    message: '--notify で指定した環境変数 {name} の値は、ウェブのアドレスではありません。',
    hints: ['https:// か http:// で始まる必要があります。'],
  },
  'delivery-failed': {
    message: '{host} への通知は届きませんでした({reason}、試行{tries, number}回)。',
    hints: [],
  },
  'usage-two-configs': {
    message: '設定ファイルが複数あります: {files}',
    hints: ['使うものを --config で指定するか、ほかを削除してください。'],
  },
  'usage-needs-baseline': {
    message: '{option} には、比べるためのベースラインが必要です。',
    hints: ['--baseline FILE で指定してください。最初に作るには: --baseline FILE --update-baseline'],
  },
  'usage-first-baseline': {
    message: 'ベースライン {file} はまだありません。',
    hints: ['最初に作るには: --baseline FILE --update-baseline'],
  },
  'usage-needs-config': {
    message: '--suppressions-from は設定ファイルの別の版を読みますが、このチェックは設定ファイルを使っていません。',
    hints: ['設定ファイルのある場所で実行するか、--config FILE で指定してください。'],
  },
  'usage-suppressions-unreadable': {
    message: '{from} から除外の設定を読み込めません: {reason}',
    hints: [
      '設定ファイルがgitにあるブランチ、タグ、コミットか、ファイルを指定してください。先に取得(fetch)が必要なこともあります。',
    ],
  },
  'usage-unused-suppressions': {
    message: '使われていない除外の設定が{count, plural, other {#件}}あります。--strict では誤りとして扱います。',
    hints: ['不要になったものはレポートに示されています。設定ファイルから取り除いてください。'],
  },
  'usage-suppress-needs': {
    message: 'suppress add には {option} が必要です。',
    hints: ['例: --rule stale-approval --account treasury --reason "支払い処理" --expires 2027-03-31'],
  },
  'usage-suppress-past': {
    message: '--expires {date} は過ぎた日付のため、何も除外しません。',
    hints: ['除外する最後の日(UTC)です。今日以降の日付を指定してください。'],
  },
  'usage-suppress-add-only': {
    message: '{option} は suppress {action} では効果がありません。suppress add で書き込む内容を指定するものです。',
    hints: [
      '{action, select, prune {このオプションを外してください。期限切れのものと、レポートがあればそのレポートで未使用のものを取り除きます。} other {このオプションを外してください。設定ファイルにある除外の設定を、すべて表示します。}}',
    ],
  },
  'usage-suppress-add-report': {
    message: 'suppress add はレポートを読まないため、{file} を指定しても効果がありません。',
    hints: ['この指定を外してください。除外する検出結果は、--rule などのオプションで指定します。'],
  },
  'usage-no-baseline': {
    message: 'ベースラインのファイルが指定されていません。',
    hints: ['--baseline FILE で指定するか、設定ファイルに baseline として書いてください。'],
  },
  'usage-no-endpoint': {
    message: '接続先が指定されていないため、問い合わせるノードがありません。',
    hints: [
      'ノードを選ぶ場合: wallet-checkup {address} --rpc-url https://rpc.example',
      '公開ノードを使う場合: wallet-checkup {address} --chain ethereum',
    ],
  },
  'usage-unknown-chain': {
    message: 'この名前のチェーンは見つかりません: {chain}。',
    hints: ['名前の代わりに番号(チェーンID)を、--rpc-url と一緒に指定してください。'],
  },
  'usage-no-public-endpoint': {
    message: 'チェーン {chain} の公開接続先は登録されていません。',
    hints: ['--rpc-url で接続先を指定してください。'],
  },
  'usage-unknown-format': {
    message: 'この名前の出力形式はありません: {format}。',
    hints: ['使える形式は {known} です。ファイルに書く場合: -o json=report.json'],
  },
  'usage-two-on-stdout': {
    message: '2つのレポートを同時に標準出力へ出すことはできません。',
    hints: ['片方にファイルを指定してください: -o table -o json=report.json'],
  },
  'usage-sarif-anchor': {
    message: 'SARIFでは検出結果をファイルの行に結び付けますが、このアカウントを宣言しているファイルがありません。',
    hints: ['--sarif-anchor FILE で、リポジトリにあるファイルを指定してください。検出結果はその1行目に表示されます。'],
  },
  'usage-quick-alone': {
    message: '{option} はログの検索についての指定です。--quick ではログを検索しません。',
    hints: ['どちらか一方を外してください。'],
  },
  'usage-second-alone': {
    message: '--no-second-opinion を付けると、--second-rpc-url で指定した接続先には問い合わせません。',
    hints: ['どちらか一方を外してください。'],
  },
  'usage-same-endpoint': {
    message: '2つ目の接続先がチェック対象の接続先({host})と同じで、比べる相手になりません。',
    hints: ['同じチェーンの別の接続先を指定するか、指定を外してください。外すと、同じ接続先から読み直します。'],
  },
  'usage-same-file': { message: '2つの出力が同じファイルに書かれることになります: {file}。', hints: [] },
  'usage-bad-value': {
    message: '{option} にこの値は使えません。',
    hints: [expectation],
  },
  'usage-block-order': {
    message: '--from-block が --block より後なので、読み取る範囲がありません。',
    hints: [],
  },
  'usage-facts-alone': {
    message: '{option} は --facts と一緒に使っても効果がありません。保存した事実の判定では、ノードに問い合わせません。',
    hints: ['どちらか一方を外してください。'],
  },
  'usage-facts-lists': {
    message: '{option} は --facts と一緒に使っても効果がありません。リストは、事実を保存したときに読み込まれています。',
    hints: ['{option} を外すか、{option} と --save-facts を付けて、もう一度アカウントをチェックしてください。'],
  },
  'usage-file-unreadable': { message: 'ファイル {file} を読み込めません({reason})。', hints: [] },
  'usage-file-unwritable': { message: 'ファイル {file} に書き込めません({reason})。', hints: [] },
  'usage-not-a-report': {
    message:
      '{kind, select, json {ファイル {file} は完全なJSONではないため、レポートとして読み込めません。} facts {ファイル {file} は保存した事実です。レポートではありません。} version {レポート {file} は、別のバージョンのwallet-checkupの形式です。} field {レポート {file} は表示できません。{path} の値が正しくありません。} other {ファイル {file} は、このプログラムのレポートではありません。}}',
    hints: [
      '{kind, select, facts {保存した事実を判定するには: wallet-checkup check --facts {file}} other {レポートは -o json=report.json で作成できます。}}',
    ],
  },
  'usage-misplaced-url': {
    message: 'URLを指定できない場所にURL({host})があります。キーが含まれる可能性があるため、ほかの部分は表示しません。',
    hints: [
      '--rpc-url のつもりではありませんか。URLを指定できるのは、このオプションと --second-rpc-url、--logs-from、--history-url だけです。',
      'リストとレポートはファイルで指定します。先にダウンロードしてください。',
      '取引のリンクの場合は、末尾のハッシュ(0xと16進数64桁)だけを --tx に指定してください。',
    ],
  },
  'usage-keyed-reason': {
    message:
      '--reason のリンク({host})に、キーのようなものが含まれています。理由は設定ファイルとすべてのレポートに残るため、ほかの部分は表示しません。',
    hints: ['より短いリンクか、チケットの番号だけを指定してください。'],
  },
  'usage-address-is-file': {
    message:
      '{file} はファイルなので、読み込んでいません。必要なのはアドレスで、ウォレットのファイルは必要ありません。',
    hints: [
      '公開アドレス(0xと16進数40桁)を指定してください。',
      'レポートをもう一度表示するには: wallet-checkup report FILE',
    ],
  },
  'usage-missing-file': {
    message: '= の後にファイル名がありません。',
    hints: ['例: -o {format}=report.{format}', '画面に表示する場合: -o {format}'],
  },
  'usage-in-file': { message: '{option} のファイル {file}: {reason}', hints: [] },
  'usage-in-value': { message: '{option}: {reason}', hints: [] },
  'usage-interrupted': { message: '{file} を読み込んでいる途中で中断されました。', hints: [] },
  'usage-unknown-option': {
    message: 'ここで使えるオプションに {option} はありません。',
    hints: [
      '{hasNearest, select, yes {{nearest} のことですか。} elsewhere {ほかのコマンドのオプションです。wallet-checkup --help --locale ja をご覧ください。} other {wallet-checkup --help --locale ja をご覧ください。}}',
    ],
  },
  'usage-missing-value': { message: 'オプション {option} には値が必要です。', hints: [seeHelp] },
  'usage-missing-argument': { message: 'このコマンドには {argument} が必要です。', hints: [seeHelp] },
  'usage-too-many-arguments': {
    message: '引数が多すぎます。',
    hints: ['アドレスは1つずつチェックしてください。', seeHelp],
  },
} as const
