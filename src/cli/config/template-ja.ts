/** `init` が書くファイルの日本語版です。 */
export default `# yaml-language-server: $schema=https://unpkg.com/wallet-checkup/schema/config.json
# wallet-checkup でチェックするアカウント。データだけのファイルです。アドレスは公開情報で、鍵は決して書きません。
# 「wallet-checkup config check」で使えるかどうかを確かめ、「wallet-checkup check」ですべてのアカウントをチェックします。
version: 1

# 問い合わせる接続先。接続先のキーをこのファイルに書かずに済むよう、変数は環境変数から読みます:
#   export MAINNET_RPC=https://rpc.example/your-key
chains:
  ethereum:
    rpc: "\${MAINNET_RPC}"
    # 接続先が複数ある場合: rpc: ["\${MAINNET_RPC}", "\${OTHER_RPC}"]
    # 重大な検出結果を読み直す接続先: second: "\${SECOND_RPC}"

# 例です。自分のアカウントに書き換えてください。chains を省くと、すべてのチェーンでチェックします。
accounts:
  - address: "0x00000000219ab540356cBB839Cbe05303d7705Fa"
    label: example
    chains: [ethereum]
    # tags: [payroll]
# ほかのアカウントは、address,label,chains,tags,kind の列を持つ表に書けます:
# accountsFrom: accounts.csv

# すべてのアカウントについての、ルールの重大度とオプション(「wallet-checkup rules」で一覧を表示)。アカウントごとにも書けます。
rules:
  stale-approval: { severity: low, days: 180 }

# タグの付いたアカウントについての設定。
# tags:
#   payroll:
#     rules: { unlimited-allowance: off }

# 許可があってよい相手。書くと、ほかの相手への許可を報告します。
# expectedSpenders: ["0x000000000022D473030F116dDEE9F6B43aC78BA3"]

# しばらく対象から外す検出結果。理由と最後の日を書きます。
# suppressions:
#   - rule: unlimited-allowance
#     account: example
#     reason: 毎週の支払いに使うルーター
#     expires: 2027-03-31

outputs: [table]
# 終了コードを1にする最も低い重大度。
failOn: high
`
