/**
 * Sentences that the rules about grants share, so that the same grant reads the same everywhere. ICU messages over `grantData`.
 * `reach` has no full stop: the sentence may go on. Function names stay as explorers print them.
 */

const en = {
  /** What the spender may do now. */
  reach: [
    '{who, select, named {{name} ({spender})} other {{spender}}} ',
    '{grant, select,',
    ' nft {may move item {tokenId} of {token} (collection {contract})}',
    ' operator {{standard, select,',
    ' erc777 {may move all {token} of the account (token contract {contract})}',
    ' erc6909 {may move every token that the account has in {token} (contract {contract})}',
    ' erc7540 {may redeem the shares of the account in the vault {token} (contract {contract}) and claim what it is due}',
    ' other {may move every item of {token} (collection {contract})}}}',
    ' item {may take {extent, select, unlimited {any amount} other {up to {amount}}} of item {tokenId} of {token} (contract {contract})}',
    ' permit2 {{use, select, dormant {could take} other {may take}} {extent, select, unlimited {any amount of {token}} other {up to {amount}}} (token contract {contract})',
    ' through Permit2 ({permit2}) {term, select, until {until {expires}} other {with no end date}}',
    '{use, select, dormant {, as soon as the token is approved to Permit2 again: now it is not} other {}}}',
    ' other {may take {extent, select, unlimited {any amount of {token}} other {up to {amount}}} (token contract {contract})}}',
  ].join(''),
  /** How to end it. */
  revoke: [
    '{way, select, fixed {It cannot be revoked: the contract {contract} gives it to every account. Move what matters to you',
    ' out of that contract. If it came to you unasked, leave it alone.} other {Revoke it: {grant, select,',
    ' nft {on the collection {contract}, call approve for item {tokenId} with the zero address}',
    ' operator {{standard, select,',
    ' erc777 {on the token contract {contract}, call revokeOperator with the operator {spender}}',
    ' erc6909 {on the contract {contract}, call setOperator with the operator {spender} and false}',
    ' erc7540 {on the contract {contract}, call setOperator with the operator {spender} and false}',
    ' other {on the collection {contract}, call setApprovalForAll with the operator {spender} and false}}}',
    ' item {on the contract {contract}, call approve with the spender {spender}, the item {tokenId} and the amount 0}',
    ' permit2 {on Permit2 ({permit2}), call lockdown with the token {contract} and the spender {spender}}',
    ' other {on the token contract {contract}, call approve with the spender {spender} and the amount 0}}.',
    ' This report holds that call, unsigned.',
    '{grant, select, permit2 {} item {} operator {{standard, select, nft { The token approval page of the block explorer can send the same.} other {}}} other { The token approval page of the block explorer can send the same.}}',
    ' It costs a network fee.',
    '{payer, select, doubtful { Send no coins to this account for that fee, because it runs the code of {delegate}: follow',
    ' the finding about the delegate first, and use only coins that are here already.} other {}}',
    ' Disconnecting from a site revokes nothing.}}',
  ].join(''),
  /** What to look at before signing that. */
  confirm: [
    '{way, select, fixed {Believe nobody who offers to revoke it for you.} other {Before you confirm, read the request in your wallet: it must go to',
    ' {grant, select, permit2 {{permit2}} other {{contract}}}, send no coins, and',
    ' {grant, select,',
    ' nft {name item {tokenId} and the zero address}',
    ' operator {name the operator {spender}{standard, select, erc777 {} other { and the value false}}}',
    ' item {name the spender {spender}, the item {tokenId} and the amount 0}',
    ' permit2 {name the token {contract} and the spender {spender}}',
    ' other {show the spender {spender} with a spending cap of 0}}.}}',
  ].join(''),
}

const ja = {
  reach: [
    '{who, select, named {{name}({spender})} other {{spender}}} は、',
    '{grant, select,',
    ' nft {{token}(コレクション {contract})の {tokenId} 番を移せます}',
    ' operator {{standard, select,',
    ' erc777 {このアカウントの {token}(トークンコントラクト {contract})をすべて移せます}',
    ' erc6909 {このアカウントが {token}(コントラクト {contract})に持つすべてのトークンを移せます}',
    ' erc7540 {このアカウントが保管庫 {token}(コントラクト {contract})に持つ持分を償還し、受け取る分を請求できます}',
    ' other {{token}(コレクション {contract})のすべてのNFTを移せます}}}',
    ' item {{token}(コントラクト {contract})の {tokenId} 番を{extent, select, unlimited {いくらでも} other {最大 {amount} まで}}引き出せます}',
    ' permit2 {Permit2({permit2})を通じて',
    '{term, select, until { {expires} まで、} other {期限なしに、}}',
    '{extent, select, unlimited {{token} をいくらでも} other {最大 {amount} を}}',
    '{use, select, dormant {引き出せるようになります。ただし、このトークンがPermit2にもう一度許可されるまでは引き出せません}',
    ' other {引き出せます}}(トークンコントラクト {contract})}',
    ' other {{extent, select, unlimited {{token} をいくらでも} other {最大 {amount} を}}引き出せます',
    '(トークンコントラクト {contract})}}',
  ].join(''),
  revoke: [
    '{way, select, fixed {この許可は、コントラクト {contract} がすべてのアカウントに与えるもので、取り消せません。',
    '大切な資産は、そのコントラクトから移します。覚えなく届いたものであれば、何もしないでください。} other {',
    'この許可を取り消すには、{grant, select,',
    ' nft {コレクション {contract} の approve を、{tokenId} 番とゼロアドレスを指定して呼び出します}',
    ' operator {{standard, select,',
    ' erc777 {トークンコントラクト {contract} の revokeOperator を、オペレーター {spender} を指定して呼び出します}',
    ' erc6909 {コントラクト {contract} の setOperator を、オペレーター {spender} と false を指定して呼び出します}',
    ' erc7540 {コントラクト {contract} の setOperator を、オペレーター {spender} と false を指定して呼び出します}',
    ' other {コレクション {contract} の setApprovalForAll を、オペレーター {spender} と false を指定して呼び出します}}}',
    ' item {コントラクト {contract} の approve を、使用者 {spender}、{tokenId} 番、数量0を指定して呼び出します}',
    ' permit2 {Permit2({permit2})の lockdown を、トークン {contract} と使用者 {spender} を指定して呼び出します}',
    ' other {トークンコントラクト {contract} の approve を、使用者 {spender} と数量0を指定して呼び出します}}。',
    'この呼び出しは、未署名のままこのレポートに入っています。',
    '{grant, select, permit2 {} item {} operator {{standard, select, nft {ブロックエクスプローラーのトークン承認のページからも、同じ操作ができます。} other {}}} other {ブロックエクスプローラーのトークン承認のページからも、同じ操作ができます。}}',
    '「ガス代」がかかります。',
    '{payer, select, doubtful {このアカウントは {delegate} のコードで動いているため、ガス代のためのコインを送らないでください。',
    '先に、委任先についての検出結果の手順に従い、すでにあるコインだけを使います。} other {}}',
    'サイトとの接続を切るだけでは取り消されません。}}',
  ].join(''),
  confirm: [
    '{way, select, fixed {取り消しを代行するという相手を信じないでください。} other {承認する前に、ウォレットの確認画面を読みます。送信先が',
    ' {grant, select, permit2 {{permit2}} other {{contract}}} で、コインの送金額が0であり、',
    '{grant, select,',
    ' nft {{tokenId} 番とゼロアドレスが}',
    ' operator {オペレーター {spender} {standard, select, erc777 {} other {と false }}が}',
    ' item {使用者 {spender}、{tokenId} 番、数量0が}',
    ' permit2 {トークン {contract} と使用者 {spender} が}',
    ' other {「使用者」{spender} と「使用上限」0が}}表示されていることを確かめてください。}}',
  ].join(''),
} satisfies Record<keyof typeof en, string>

export const grantWords = { en, ja } as const
