import type { CliWords } from './index.ts'
import secret from './secret-ja.ts'
import watch from './watch-ja.ts'

export default {
  help: {
    titles: { 'Usage:': '使い方:', 'Arguments:': '引数:', 'Options:': 'オプション:', 'Commands:': 'コマンド:' },
    program:
      'ウォレットの表示がおかしい原因や危険な状態を、公開アドレスとJSON-RPCのURLから調べます。読み取るだけで、秘密鍵は決して求めません。',
    check: 'アカウントを1つチェックします(コマンド名は省略できます)',
    watch: '決まった時刻や間隔で、チェックを繰り返します',
    report: 'JSONレポートを、別の言語や形式でもう一度表示します',
    rules: 'ルールの一覧、または1つのルールの説明を表示します',
    cache: '以前のチェックで保存した内容を表示(status)、または削除(clear)します',
    init: '最初の設定ファイルを、説明のコメントを付けて書き出します',
    config: '設定ファイルが使えるかを確かめます(check)。または、秘密を除いた最終的な内容を表示します(print)',
    baseline: 'レポートの検出結果をベースラインに取り入れる(update)',
    suppress: '検出結果を除外する(add)、除外の設定を表示する(list)、不要なものを取り除く(prune)',
    demo: 'デモ用チェーンで、問題のあるアカウントと問題のないアカウントをチェックします',
    arguments: {
      address: '公開アドレス(0xと16進数40桁)またはENS名(複数指定できます)',
      reportFile: '-o json=FILE で作成したレポート',
      rule: 'ルールのID',
      cache: 'status または clear',
      baseline: 'update',
      suppress: 'add、list、prune のいずれか',
      suppressReport: '使われていない除外の設定が分かる、JSONのレポート',
      config: 'check または print',
    },
    options: {
      help: 'このヘルプを表示します',
      version: 'バージョンを表示します',
      rpcUrl:
        '問い合わせるノード(環境変数 WALLET_CHECKUP_RPC_URL でも指定できます)。繰り返すと、応答しなくなったときに次のノードを使います',
      chain: 'チェーンの名前またはID。ノードがこのチェーンかを確かめます。--rpc-url がなければ公開接続先を使います',
      config: '設定ファイル(省略時: wallet-checkup.config.yaml、.yml、.json のうち、あるもの)',
      noConfig: '設定ファイルを使いません',
      accounts:
        'この表、または標準入力(-)のアカウントをチェックします: address、label、chains、tags、kind の列を持つCSV、または1行に1アドレス',
      json: 'YAMLではなくJSONで表示します',
      locale: '言語: en または ja(省略時は LC_ALL、LC_MESSAGES、LANG から決めます)',
      output:
        'table、json、markdown、sarif、csv、junit、github(注釈)、openmetrics、calls(未署名の呼び出しを1行に1件)、safe-batch(Safeアカウント用)。画面またはファイルに出力します。繰り返し指定できます',
      sarifAnchor: '設定ファイルに書かれていないアカウントの検出結果を、SARIFで表示するファイル',
      failOn: '終了コード1にする最も低い重大度: critical、high、medium、low、info、never(省略時: high)',
      allowIncomplete: 'チェックできない項目があっても、終了コードを3ではなく0にします',
      baseline: 'このファイル(以前のJSONのレポート)と比べる。検出結果ごとに、新規、変化なし、変化ありが分かる',
      updatedBaseline: '書き込むベースラインのファイル(省略時: 設定ファイルで指定したもの)',
      failOnNew: 'ベースラインにないか、悪化した検出結果があるときだけ、終了コードを1にする',
      updateBaseline: '今わかったことをベースラインのファイルに書く。読み取れなかったものは、以前のまま残す',
      suppressions: '設定ファイルの除外を使わず、すべての検出結果を数える',
      suppressionsFrom: '除外の設定を、設定ファイルの別の版(gitのリビジョンかファイル)から読む',
      showSuppressed: '除外中の検出結果も表に表示する',
      strict: '使われていない除外の設定があれば、終了コードを2にする',
      suppressedRule: '検出結果を除外するルール',
      suppressedAccount: 'このアカウントに限る。指定しなければ、緊急の検出結果は除外されない',
      suppressedChain: 'このチェーンに限る',
      suppressedToken: 'このトークンかコレクションに限る',
      suppressedSpender: 'この使用者かオペレーターに限る',
      subject:
        'この対象に限る。JSONのレポートにある項目で指定する(例: nonce=7)。ハッシュは、全体では秘密鍵と見分けられないため、先頭の34から60文字で指定する。繰り返し指定できる',
      maxAllowance: '許可の額がこれ以下の間に限る(トークンの最小単位)',
      reason: '理由(すべてのレポートに表示される)',
      expires: '最終日(UTC): YYYY-MM-DD',
      rule: 'このルールだけをチェックします。繰り返し指定できます',
      skipRule: 'このルールを除きます。繰り返し指定できます',
      plugin:
        'ほかの人のルール(パス、またはインストール済みのパッケージ)。繰り返し指定できます。そのコードが実行されます',
      tokenList: 'トークンリスト(JSON、または1行に1アドレス)。繰り返し指定できます',
      shownTokens: 'ウォレットに表示されているトークン: ファイル、またはコンマ区切りのアドレス',
      threatList: '危険なアドレスのリスト: 1行に address または chainId:address、またはJSON。繰り返し指定できます',
      sanctionsList:
        '制裁対象のアドレスのリスト: --threat-list と同じ形で、「# date: YYYY-MM-DD」の行を含むもの。繰り返し指定できます',
      expectedSpenders:
        '許可や支出限度額があってよい相手: ファイル、またはコンマ区切りのアドレス。ほかの相手への許可を報告します',
      fromBlock: '許可とトークンの検索を始めるブロック(省略時: 0)',
      erc1155: 'アカウントに届いたERC-1155のアイテムも探します(リクエストは1.5倍になります)',
      tx: 'ウォレットに表示されるハッシュ(0xと16進数64桁)の取引を調べます。アカウントを1つだけ指定したときに使えます。繰り返し指定できます。接続先に送られるため、秘密鍵は決して指定しないでください',
      history: '自分の取引を読み取る日数、またはall(省略時: 90日間の新しいものから300件まで)',
      historyUrl:
        '自分の取引をEtherscan(v2)かBlockscoutのAPIで一覧にし、1件ずつノードで確かめます。運営者にアドレスが見えます(キー: WALLET_CHECKUP_HISTORY_KEY)',
      block: 'このブロックの時点の状態をチェックします(省略時: 最新)',
      maxRps: '1秒あたりのリクエスト数の上限(省略時: 接続先が許す限り)',
      maxRequests: '全体のリクエスト数の上限。送らなかった分は「未確認」になります',
      yes: '10分より長くかかる場合も、すべてのログを検索します',
      logsFrom:
        'ノードの代わりに、ここでログを検索します: blockscout:URL、etherscan、sqd:URL、rpc:URL。運営者にアドレスが見えます(キー: WALLET_CHECKUP_LOGS_KEY)',
      quick: 'ログを検索せず、一覧にあるトークンと既知の使用者だけを調べます(結果は常に不完全です)',
      secondRpcUrl:
        '重大な検出結果の根拠を、同じノードの代わりにここから読み直し、2つの接続先を比べます(環境変数 WALLET_CHECKUP_SECOND_RPC_URL でも指定できます)。運営者にアドレスが見えます',
      secondOpinion: '読み直しを行わない',
      timeout: '1回のリクエストを待つ秒数(省略時: 30)',
      now: '現在とみなす時刻(例: 2027-01-31T08:00:00Z。環境変数 SOURCE_DATE_EPOCH でも指定できます)。経過時間はその時刻から数えます',
      cacheDir:
        '読み取った内容を次のチェックのために保存するフォルダー(環境変数 WALLET_CHECKUP_CACHE_DIR でも指定できます)',
      cache: '何も保存せず、保存した内容も使いません',
      color: '色を付けません(NO_COLOR と同じ)',
      quiet: '進み具合を表示しません',
      saveFacts: '読み取った内容をすべて保存し、後で判定できるようにします',
      facts: '保存した事実を判定します。ノードには問い合わせません',
      notify:
        '前回から変わったことを知らせます: slack、discord、webhook、telegram のどれかと、URLの入った環境変数の名前(slack=SLACK_URL)。telegram=TOKEN,CHAT。繰り返し指定できます',
      every: '間隔: 30s、10m、1h、1d など',
      cron: '実行する時刻(cronの書式、このコンピューターの時間帯): "*/10 * * * *"。--every の代わりに指定します',
      listen: '/metrics と /healthz を公開する場所(省略時: 127.0.0.1:9464)、または off',
    },
    examples: `
例:
  ノードを選んでアカウントをチェックする:
    wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --rpc-url https://rpc.example
  公開ノードを使い、日本語で結果を見る:
    wallet-checkup 0x00000000219ab540356cBB839Cbe05303d7705Fa --chain base --locale ja
  スクリプトで使う(表は人のため、JSONはプログラムのため):
    wallet-checkup example.eth --chain ethereum -o table -o json=report.json --fail-on critical
  チェックの様子を見る:
    wallet-checkup demo

終了コード:
  0 --fail-on 以上の検出結果なし   1 --fail-on 以上の検出結果あり   2 使い方の誤り
  3 チェックできない項目あり   70 このプログラムの不具合    130、143 中断

秘密鍵、リカバリーフレーズ、ウォレットのファイルは決して渡さないでください。どのチェックにも必要ありません。`,
  },
  error: (sentence) => `エラー: ${sentence}`,
  hint: (sentence) => `  → ${sentence}`,
  nothingChecked: 'そのため、何もチェックできませんでした。',
  publicEndpoint: (host, chain) =>
    `--rpc-url の指定がないため、${chain} の公開接続先 ${host} に問い合わせます。運営者には、このアドレスとあなたのIPアドレスが見えます。`,
  failover: (from, to) =>
    `${from} が応答しないため、ここからは ${to} に問い合わせます。運営者には、このアドレスとあなたのIPアドレスが見えます。`,
  ownNode: (host) =>
    `--rpc-url の指定がないため、このコンピューター上の開発用ノードの既定の場所 ${host} に問い合わせます。`,
  config: {
    fine: (file, { accounts, chains, targets }) =>
      `${file} は使えます。${chains}個のチェーンで、${accounts}個のアカウントをチェックします${targets === accounts ? '' : `(アカウントをチェーンごとに1件と数えて、合わせて${targets}件)`}。`,
    written: (file) =>
      `${file} を書き出しました。アカウントを書き、環境変数 MAINNET_RPC を設定してから、次を実行してください: wallet-checkup config check`,
  },
  sourceDate: (time) =>
    `環境変数 SOURCE_DATE_EPOCH が設定されているため、${time} を現在とみなします。経過時間も、除外の設定の期限も、その時刻で判定します。このコンピューターの時刻を使う場合は、この変数を外してください。`,
  configUsed: (file) => `設定ファイル ${file} に従ってチェックします。使わない場合: --no-config`,
  configNotUsed: (file) => `${file} にこのアカウントはないため、オプションだけに従ってチェックします。`,
  publicForChain: (host, chain) =>
    `設定ファイルに ${chain} の接続先がないため、公開接続先 ${host} に問い合わせます。運営者には、アドレスとあなたのIPアドレスが見えます。`,
  logSource: (host) =>
    `ログを ${host} で検索します。運営者には、このアドレスとあなたのIPアドレスが見えます。一覧は手がかりとしてだけ使い、許可はすべてノードで確かめます。`,
  unusedLogsKey:
    'rpc: のURLに {key} がないため、ログの取得先のキー(WALLET_CHECKUP_LOGS_KEY、または設定ファイルの logsKey)は使いません。キーが必要な場合は、URL内のキーの位置に {key} と書いてください。',
  historySource: (host) =>
    `自分の取引の一覧を ${host} から取得します。運営者には、このアドレスとあなたのIPアドレスが見えます。取引は1件ずつノードで確かめます。`,
  secondEndpoint: (host) =>
    `重大な検出結果は ${host} から読み直し、2つの接続先を比べます。運営者には、このアドレスとあなたのIPアドレスが見えます。`,
  plainNotify: (host) =>
    `${host} への通知は http:// で送るため、途中にいる人に内容とURLに含まれる秘密を読まれるおそれがあります。https:// を使ってください。`,
  interrupting:
    '中断しています。ここまでに読み取った内容を報告します。すぐに終了するには、もう一度Ctrl-Cを押してください。',
  savedFacts: (file) => `読み取った事実を ${file} に保存しました。`,
  baselineWritten: (file: string) => `ベースラインを ${file} に書き込みました。`,
  suppress: {
    added: (file: string, count: number) => `除外の設定を ${file} に加えました。現在、${count}件あります。`,
    notCritical: (rule) =>
      `--account がないと、重大度が「緊急」の検出結果は除外しません。${rule} の検出結果はふつう「緊急」のため、何も除外しないかもしれません。`,
    everyOutgoing: (rule) =>
      `--subject hash=… がないと、${rule} が後で検出するものも、盗難を含めて除外します。「ナンス」での指定は、ベースラインの後に送られたものすべてに当てはまります。予定した支払いは expectedRecipients で指定するか、新しいベースラインに取り入れてください。`,
    none: '設定ファイルに除外の設定はありません。',
    states: { active: '有効', expired: '期限切れ', unused: '未使用' },
    until: (day: string) => `${day} まで`,
    pruned: (file: string, gone: number, left: number) =>
      gone === 0
        ? `${file} から取り除くものはありません。除外の設定は${left}件です。`
        : `除外の設定を ${file} から${gone}件取り除きました。残りは${left}件です。`,
  },
  cache: {
    off: (reason) => `ここからはキャッシュを使わずにチェックを続けます。${reason}`,
    putAside: 'キャッシュが壊れていたため、別の名前で残し、新しく作り直しました。',
    none: (folder) => `${folder} にキャッシュはありません。`,
    cleared: (folder) => `${folder} のキャッシュを削除しました。`,
    folder: (folder) => `フォルダー: ${folder}`,
    empty: '空です。どのアカウントの内容も保存していません。',
    size: (kibibytes) => `サイズ: ${kibibytes} KiB`,
    chain: (chainId) => `チェーン ${chainId}`,
    accounts: (count) => `アカウント: ${count}`,
    logs: (count) => `ログ: ${count}`,
    blocks: (from, to) => `ブロック: ${from} から ${to}`,
    used: (oldest, newest) =>
      oldest === newest ? `最後のチェック: ${newest}` : `アカウントごとの最後のチェック: ${oldest} から ${newest}`,
  },
  secret,
  watch,
  bug: '申し訳ありません。wallet-checkupの不具合です。アカウントについては何も分かっていません。次の内容を添えて報告してください:',
  notWhole:
    'wallet-checkupの一部が見つからないか壊れています。アカウントについては何も分かっていません。もう一度インストールしてください。',
  outputLost: (reason) => `出力を書き込めませんでした(${reason})。出力は途中までです。`,
  progress: {
    blocks: (percent, total) => `${total}ブロック中${percent}%`,
    requests: (count) => `リクエスト${count}回`,
    requestsOf: (count, total) => `リクエスト${count}回(全体で約${total.toLocaleString('en-US')}回)`,
    left: (seconds) => (seconds < 90 ? `残り約${seconds}秒` : `残り約${Math.round(seconds / 60)}分`),
  },
  rules: {
    id: 'ID',
    severity: '重大度',
    title: '題名',
    more: 'wallet-checkup rules ID で、1つのルールの説明を表示します。',
    decides: '調べること',
    why: '重要な理由',
    needs: '読み取るもの',
    options: 'オプション',
    snippet: '設定ファイルでの書き方(値は省略時のもの。プログラムでは ruleOptions)',
    noOptions: 'なし',
    default: (json) => `省略時: ${json}`,
    steps: '見つかったときの対処(チェックでは、状況に合うものだけが示されます)',
    asAbove: '[上と同じ]',
    stepsNote: '波かっこには、チェックのときに実際の値が入ります。[ ] の中からは、状況に合うものが選ばれます。',
  },
  demo: {
    live: 'これはデモです。このコンピューター上の開発用チェーンと、架空のアカウントを使います。あなたのウォレットとは関係ありません。',
    recorded:
      'これはデモです。開発用チェーンで記録した事実と、架空のアカウントを使います(実際にチェーンを動かすデモには、プロジェクトのチェックアウトが必要です)。あなたのウォレットとは関係ありません。',
    sick: '問題のあるアカウント',
    well: '問題のないアカウント',
    ended: (code, meaning) => `終了コード ${code}: ${meaning}`,
    meanings: {
      found: '--fail-on 以上の検出結果があります。',
      clean: 'すべてチェックし、--fail-on 以上の検出結果はありません。',
    },
    unexpected: (expected, actual) => `このデモは ${expected} で終わるはずですが、${actual} で終わりました。`,
    notStarted: 'デモ用チェーンを開始できませんでした。',
  },
} satisfies CliWords
