/**
 * Names of contracts that hold approvals, by chain. Made by scripts/update-spender-names.mjs; do not edit.
 *
 * From npm packages that the makers of the contracts publish, each under its own licence:
 * - @aave-dao/aave-address-book@4.68.1 (MIT), of 2026-09-16
 * - @uniswap/sdk-core@7.19.4 (MIT), of 2026-09-28
 * - @0x/contract-addresses@8.13.0 (Apache-2.0), of 2024-12-13
 */

/** Per chain id one contract a line: its address in lower case, then its name. */
export const spenderNames: Readonly<Record<number, string>> = {
  1: `
0x0aa97c284e98396202b6a04024f5e2c65026f3c0 Aave v3 Ethereum EtherFi Pool
0x135896de8421be2ec868e0b811006171d9df802a Aave v2 Ethereum Swap Adapter
0x23b282c49c88d9161aae14b5ed777b976a5ae65d Aave v3 Ethereum EtherFi Repay Adapter
0x3167c452fa3fa1e5c16bb83bc0fde4519c464299 Aave v3 Ethereum Lido Wrapped Coin Gateway
0x35bb522b102326ea3f1141661df4626c87000e3e Aave v3 Ethereum Repay Adapter
0x37d7306019a38af123e4b245eb6c28af552e0bb0 Aave v2 Ethereum Arc Pool
0x40ede12b44d98fc4e53a2fb027d1bd1846e1690c Aave v3 Ethereum EtherFi Debt Swap Adapter
0x43edb797834151d041619eef833edc784b509dae Aave v3 Ethereum Lido Withdraw Adapter
0x4e033931ad43597d96d6bcc25c280717730b58b1 Aave v3 Ethereum Lido Pool
0x66e1abdb06e7363a618d65a910c540dfed23754f Aave v3 Ethereum Lido Repay Adapter
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0x78f8bd884c3d738b74b420540659c82f392820e0 Aave v3 Ethereum Withdraw Adapter
0x7937d4799803fbbe595ed57278bc4ca21f3bffcb Aave v2 Ethereum AMM Pool
0x7a250d5630b4cf539739df2c5dacb4c659f2488d Uniswap v2 Router 02
0x7d2768de32b0b80b7a3454c06bdac94a69ddc7a9 Aave v2 Ethereum Pool
0x80aca0c645fedabaa20fd2bf0daf57885a309fe6 Aave v2 Ethereum Repay Adapter
0x850347e0cf64fd342a3404c1c5da21aa0a46c5c6 Aave v3 Ethereum EtherFi Withdraw Adapter
0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2 Aave v3 Ethereum Pool
0xa0d9c1e9e48ca30c8d8c3b5d69ff5dc1f6dffc24 Aave v2 Ethereum Wrapped Coin Gateway
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xadc0a53095a0af87f3aa29fe0715b5c28016364e Aave v3 Ethereum Swap Adapter
0xae05cd22df81871bc7cc2a04becfb516bfe332c8 Aave v3 Ethereum Horizon Pool
0xaf5c88245cd02ff3df332ef1e1ffd5bc5d1d87cd Aave v2 Ethereum Debt Swap Adapter
0xb04427efdd15b0ec233400d2f7f7e4fd0291c285 Aave v3 Ethereum EtherFi Swap Adapter
0xbe9a7b3f2f54e18d7c0a17b03ad84ac2d1d28eac Aave v2 Ethereum AMM Wrapped Coin Gateway
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xd01607c3c5ecaba394d8be377a08590149325722 Aave v3 Ethereum Wrapped Coin Gateway
0xd0887aa7febc8962c622493646195e7c76d94fce Aave v3 Ethereum Lido Swap Adapter
0xd1b2dec98a95b773c4909b5cd8fb455f467a527f Aave v3 Ethereum Lido Debt Swap Adapter
0xd7852e139a7097e119623de0751ae53a61efb442 Aave v3 Ethereum Debt Swap Adapter
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
0xf956b38f035dc9067fb827a512d3cf35202ab0bc Aave v3 Ethereum EtherFi Wrapped Coin Gateway
`,
  5: `
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0x7a250d5630b4cf539739df2c5dacb4c659f2488d Uniswap v2 Router 02
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xf91bb752490473b8342a3e964e855b9f9a2a668e 0x Exchange Proxy
`,
  10: `
0x4a7b5da61326a6379179b40d00f57e5bbdc962c2 Uniswap v2 Router 02
0x5d4d4007a4c6336550ddaa2a7c0d5e7972eebd16 Aave v3 Optimism Repay Adapter
0x5f2508cae9923b02316254026cd43d7902866725 Aave v3 Optimism Wrapped Coin Gateway
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0x78f8bd884c3d738b74b420540659c82f392820e0 Aave v3 Optimism Withdraw Adapter
0x794a61358d6845594f94dc1db02a252b5b4814ad Aave v3 Optimism Pool
0x830c5a67a0c95d69da5fb7801ac1773c6fb53857 Aave v3 Optimism Swap Adapter
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xdef1abe32c034e558cdd535791643c58a13acc10 0x Exchange Proxy
0xe28e2c8d240dd5ebd0adcab86fbd79df7a052034 Aave v3 Optimism Debt Swap Adapter
`,
  30: `
0x0b14ff67f0014046b4b99057aec4509640b3947a Uniswap Swap Router 02
0x16678977ca4ec3dad5efc7b15780295fe5f56162 Uniswap v3 Migrator
0x9d9386c042f194b460ec424a1e57acde25f5c4b1 Uniswap v3 Position Manager
`,
  56: `
0x0c2c95b24529664fe55d4437d7a31175cfe6c4f7 Aave v3 BNB Wrapped Coin Gateway
0x32681814957e0c13117ddc0c2aba232b5c9e760f Uniswap v3 Migrator
0x33e0b3fc976dc9c516926ba48cfc0a9e10a2aaa5 Aave v3 BNB Swap Adapter
0x4752ba5dbc23f44d87826276bf6fd6b1c372ad24 Uniswap v2 Router 02
0x5598bbfa2f4fe8151f45bba0a3ede1b54b51a0a9 Aave v3 BNB Repay Adapter
0x5d4d4007a4c6336550ddaa2a7c0d5e7972eebd16 Aave v3 BNB Debt Swap Adapter
0x5e2d083417d12d4b0824e14ecd48d26831f4da7d Aave v3 BNB Withdraw Adapter
0x6807dc923806fe8fd134338eabca509979a7e0cb Aave v3 BNB Pool
0x7b8a01b39d58278b5de7e48c8449c9f4f5170613 Uniswap v3 Position Manager
0xb971ef87ede563556b2ed4b1c0b0019111dd85d2 Uniswap Swap Router 02
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
`,
  100: `
0x63dfa7c09dc2ff4030d6b8dc2ce6262bf898c8a4 Aave v3 Gnosis Swap Adapter
0x721b9abab6511b46b9ee83a1aba23bdacb004149 Aave v3 Gnosis Wrapped Coin Gateway
0x86b0521f92a554057e54b93098ba2a6aaa2f4acb Aave v3 Gnosis Repay Adapter
0xb50201558b00496a145fe76f7424749556e326d8 Aave v3 Gnosis Pool
0xc0179321f0825c3e0f59fe7ca4e40557b97797a3 Aave v3 Gnosis Withdraw Adapter
0xe28e2c8d240dd5ebd0adcab86fbd79df7a052034 Aave v3 Gnosis Debt Swap Adapter
`,
  130: `
0x284f11109359a7e1306c3e447ef14d38400063ff Uniswap v2 Router 02
0x73855d06de49d0fe4a9c42636ba96c62da12ff9c Uniswap Swap Router 02
0x943e6e07a7e8e791dafc44083e54041d743c46e9 Uniswap v3 Position Manager
0xb9d0c246f306b1aaf02ae6ba112d5ef25e5b60dc Uniswap v3 Migrator
`,
  137: `
0x35784a624d4ffbc3594f4d16fa3801fef063241c Aave v2 Polygon Swap Adapter
0x5d4d4007a4c6336550ddaa2a7c0d5e7972eebd16 Aave v3 Polygon Repay Adapter
0x63dfa7c09dc2ff4030d6b8dc2ce6262bf898c8a4 Aave v2 Polygon Debt Swap Adapter
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0x6d49dc81a1f07a6b1902dc79bc2d408cb9d555d1 Aave v2 Polygon Repay Adapter
0x78f8bd884c3d738b74b420540659c82f392820e0 Aave v3 Polygon Withdraw Adapter
0x794a61358d6845594f94dc1db02a252b5b4814ad Aave v3 Polygon Pool
0x8dff5e27ea6b7ac08ebfdf9eb090f32ee9a30fcf Aave v2 Polygon Pool
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xbc302053db3aa514a3c86b9221082f162b91ad63 Aave v3 Polygon Wrapped Coin Gateway
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xc4aff49fced8ac1d818a6dcab063f9f97e66ec5e Aave v3 Polygon Swap Adapter
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
0xe28e2c8d240dd5ebd0adcab86fbd79df7a052034 Aave v3 Polygon Debt Swap Adapter
0xedf6066a2b290c185783862c7f4776a2c8077ad1 Uniswap v2 Router 02
0xf1e6d4347105138b51e2baca9a22fa228309ebb1 Aave v2 Polygon Wrapped Coin Gateway
`,
  143: `
0x4b2ab38dbf28d31d467aa8993f6c2585981d6804 Uniswap v2 Router 02
0x5bb847f1e529df8819038ba6d34a95c9c2fb6813 Aave v3 Monad Wrapped Coin Gateway
0x69a5f9ad4f96ebf0a0c792dd42a01cc5c0102fef Aave v3 Monad Pool
0x7078c4537c04c2b2e52ddba06074dbdacf23ca15 Uniswap v3 Migrator
0x7197e214c0b767cfb76fb734ab638e2c192f4e53 Uniswap v3 Position Manager
0xfe31f71c1b106eac32f1a19239c9a9a72ddfb900 Uniswap Swap Router 02
`,
  146: `
0x061d8e131f26512348ee5fa42e2df1ba9d6505e9 Aave v3 Sonic Wrapped Coin Gateway
0x2e549104c516b8657a7d888494dfbabd7c70b464 Aave v3 Sonic Debt Swap Adapter
0x5362dbb1e601abf3a4c14c22ffeda64042e5eaa3 Aave v3 Sonic Pool
0x5598bbfa2f4fe8151f45bba0a3ede1b54b51a0a9 Aave v3 Sonic Repay Adapter
0x5d4d4007a4c6336550ddaa2a7c0d5e7972eebd16 Aave v3 Sonic Withdraw Adapter
0x78f8bd884c3d738b74b420540659c82f392820e0 Aave v3 Sonic Swap Adapter
`,
  196: `
0x182a927119d56008d921126764bf884221b10f59 Uniswap v2 Router 02
0x315e413a11ab0df498ef83873012430ca36638ae Uniswap v3 Position Manager
0x4f0c28f5926afda16bf2506d5d9e57ea190f9bca Uniswap Swap Router 02
0x7197e214c0b767cfb76fb734ab638e2c192f4e53 Uniswap v3 Migrator
0xd449fed49d9c443688d6816fe6872f21402e41de Aave v3 XLayer Wrapped Coin Gateway
0xe3f3caefdd7180f884c01e57f65df979af84f116 Aave v3 XLayer Pool
`,
  250: `
0xdef189deaef76e379df891899eb5a00a94cbc250 0x Exchange Proxy
`,
  324: `
0x0616e5762c1e7dc3723c50663df10a162d690a86 Uniswap v3 Position Manager
0x611841b24e43c4acfd290b427a3d6cf1a59dac8e Uniswap v3 Migrator
0x78e30497a3c7527d953c6b1e3541b021a98ac43c Aave v3 ZkSync Pool
0x99c56385dabce3e81d8499d0b8d0257abc07e8a3 Uniswap Swap Router 02
0xae2b00d676130bdf22582781bbba8f4f21e8b0ff Aave v3 ZkSync Wrapped Coin Gateway
`,
  420: `
0x39ca85af2f383190cbf7d7c41ed9202d27426ef6 Uniswap v3 Position Manager
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0xf6c55fbe84b1c8c3283533c53f51bc32f5c7aba8 Uniswap v3 Migrator
`,
  480: `
0x091ad9e2e6e5ed44c1c66db50e49a601f9f36cf6 Uniswap Swap Router 02
0x541ab7c31a119441ef3575f6973277de0ef460bd Uniswap v2 Router 02
0x9ebddcba71c9027e1eb45135672a30bcfeec9de3 Uniswap v3 Migrator
0xec12a9f9a09f50550686363766cc153d03c27b5e Uniswap v3 Position Manager
`,
  1088: `
0x90df02551bb792286e8d4f13e0e357b4bf1d6a57 Aave v3 Metis Pool
`,
  1301: `
0x920b806e40a00e02e7d2b94ffc89860fdaed3640 Uniswap v2 Router 02
0xb5fa244c9d6d04b2fbac84418b3c4910ed1ae5f2 Uniswap v3 Migrator
0xb7f724d6dddfd008eff5cc2834edde5f9ef0d075 Uniswap v3 Position Manager
0xd1aae39293221b77b0c71fbd6dcb7ea29bb5b166 Uniswap Swap Router 02
`,
  1868: `
0x273f68c234fa55b550b40e563c4a488e0d334320 Uniswap v2 Router 02
0x56c1205b0244332011c1e866f4ea5384eb6bfa2c Uniswap v3 Position Manager
0x6376d4df995f32f308f2d5049a7a320943023232 Aave v3 Soneium Wrapped Coin Gateway
0x7e40db01736f88464e5f4e42394f3d5bbb6705b9 Uniswap Swap Router 02
0xa107580f73bd797bd8b87ff24e98346d99f93ddb Uniswap v3 Migrator
0xdd3d7a7d03d9fd9ef45f3e587287922ef65ca38b Aave v3 Soneium Pool
`,
  4217: `
0x0fbac3c46f6f83b44c7fb4ea986d7309c701d73e Uniswap v2 Router 02
0x2352328bd3313549d6d908646c82c2b7136901a9 Uniswap v3 Migrator
0x7e9d53081e961201837336bcd81f52ae92691a8f Uniswap Swap Router 02
0xb71c33f096ceabdc0229110e0d76a6382d01c633 Uniswap v3 Position Manager
`,
  4326: `
0x48020de9208bafc183f5cad5118ffbe8f0f913f5 Uniswap Swap Router 02
0x7e324abc5de01d112afc03a584966ff199741c28 Aave v3 MegaEth Pool
0xa119f84bc1b8083f5061e4cf53705cbf1065ba27 Aave v3 MegaEth Wrapped Coin Gateway
0xb73055db2b3a3eae87a331dd88e4a80b43602690 Uniswap v2 Router 02
0xcdc86e98184e96436f733a8bf31bd4f0214e6d7d Uniswap v3 Position Manager
0xed30f6c25fe915dc710f168fa3ab66199ee84454 Uniswap v3 Migrator
`,
  4663: `
0x73991a25c818bf1f1128deaab1492d45638de0d3 Uniswap v3 Position Manager
0x89e5db8b5aa49aa85ac63f691524311aeb649eba Uniswap v2 Router 02
0xcaf681a66d020601342297493863e78c959e5cb2 Uniswap Swap Router 02
`,
  5042: `
0x1f7d7550b1b028f7571e69a784071f0205fd2efa Uniswap v2 Router 02
0x39654a85a4c05127f5fd6ed22caec077a0fb1377 Uniswap v3 Position Manager
0x53bf6b0684ec7ef91e1387da3d1a1769bc5a6f77 Uniswap Swap Router 02
`,
  8453: `
0x03a520b32c04bf3beef7beb72e919cf822ed34f1 Uniswap v3 Position Manager
0x23cf10b1ee3adfca73b0ef17c07f7577e7acd2d7 Uniswap v3 Migrator
0x2626664c2603336e57b271c5c0b26f421741e481 Uniswap Swap Router 02
0x2e549104c516b8657a7d888494dfbabd7c70b464 Aave v3 Base Swap Adapter
0x4752ba5dbc23f44d87826276bf6fd6b1c372ad24 Uniswap v2 Router 02
0x5598bbfa2f4fe8151f45bba0a3ede1b54b51a0a9 Aave v3 Base Withdraw Adapter
0x63dfa7c09dc2ff4030d6b8dc2ce6262bf898c8a4 Aave v3 Base Repay Adapter
0xa0d9c1e9e48ca30c8d8c3b5d69ff5dc1f6dffc24 Aave v3 Base Wrapped Coin Gateway
0xa238dd80c259a72e81d7e4664a9801593f98d1c5 Aave v3 Base Pool
0xb12e82df057bf16ecfa89d7d089dc7e5c1dc057b Aave v3 Base Debt Swap Adapter
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
`,
  9745: `
0x54bdcc37c4143f944a3ee51c892a6cbdf305e7a0 Aave v3 Plasma Wrapped Coin Gateway
0x925a2a7214ed92428b5b1b090f80b25700095e12 Aave v3 Plasma Pool
`,
  10143: `
0x0a78348b71f8ae8caff2f8f9d4d74a2f36516661 Uniswap v3 Migrator
0x3dcc735c74f10fe2b9db2bb55c40fbbbf24490f7 Uniswap v3 Position Manager
0x4c4eabd5fb1d1a7234a48692551eaecff8194ca7 Uniswap Swap Router 02
0xfb8e1c3b833f9e67a71c859a132cf783b645e436 Uniswap v2 Router 02
`,
  42161: `
0x4752ba5dbc23f44d87826276bf6fd6b1c372ad24 Uniswap v2 Router 02
0x5283beced7adf6d003225c13896e536f2d4264ff Aave v3 Arbitrum Wrapped Coin Gateway
0x5598bbfa2f4fe8151f45bba0a3ede1b54b51a0a9 Aave v3 Arbitrum Withdraw Adapter
0x63dfa7c09dc2ff4030d6b8dc2ce6262bf898c8a4 Aave v3 Arbitrum Debt Swap Adapter
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0x794a61358d6845594f94dc1db02a252b5b4814ad Aave v3 Arbitrum Pool
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
0xe28e2c8d240dd5ebd0adcab86fbd79df7a052034 Aave v3 Arbitrum Repay Adapter
0xf3c3f14dd7bdb7e03e6ebc3bc5ffc6d66de12251 Aave v3 Arbitrum Swap Adapter
`,
  42220: `
0x3cfd4d48edfdcc53d3f173f596f621064614c582 Uniswap v3 Migrator
0x3d79edaabc0eab6f08ed885c05fc0b014290d95a Uniswap v3 Position Manager
0x3e59a31363e2ad014dcbc521c4a0d5757d9f3402 Aave v3 Celo Pool
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
`,
  43113: `
0x1648c14dbb6ccdd5846969ce23deec4c66a03335 Aave v2 Fuji Wrapped Coin Gateway
0x3d2ee1ab8c3a597cdf80273c684de0036481be3a Aave v3 Fuji Wrapped Coin Gateway
0x76cc67ff2cc77821a70ed14321111ce381c2594d Aave v2 Fuji Pool
0x8b9b2af4afb389b4a70a474dfd4adcd4a302bb40 Aave v3 Fuji Pool
`,
  43114: `
0x2825ce5921538d17cc15ae00a8b24ff759c6cdae Aave v3 Avalanche Wrapped Coin Gateway
0x2cf641f7c0eac2788a7924b82d6ca8eb7baa4e3a Aave v3 Avalanche Swap Adapter
0x2ecf2a2e74b19aab2a62312167aff4b78e93b6c5 Aave v2 Avalanche Swap Adapter
0x44f5f1f5e452ea8d29c890e8f6e893fc0f1f0f97 Uniswap v3 Migrator
0x4752ba5dbc23f44d87826276bf6fd6b1c372ad24 Uniswap v2 Router 02
0x4f01aed16d97e3ab5ab2b501154dc9bb0f1a5a2c Aave v2 Avalanche Pool
0x5d4d4007a4c6336550ddaa2a7c0d5e7972eebd16 Aave v3 Avalanche Repay Adapter
0x63dfa7c09dc2ff4030d6b8dc2ce6262bf898c8a4 Aave v2 Avalanche Debt Swap Adapter
0x655c406ebfa14ee2006250925e54ec43ad184f8b Uniswap v3 Position Manager
0x68c815cb8c8390bc3f2ce99265044dec9d350c49 Aave v2 Avalanche Wrapped Coin Gateway
0x78f8bd884c3d738b74b420540659c82f392820e0 Aave v3 Avalanche Withdraw Adapter
0x794a61358d6845594f94dc1db02a252b5b4814ad Aave v3 Avalanche Pool
0x935b362ee3e1f342cc48118c528aabee5118f6e6 Aave v2 Avalanche Repay Adapter
0xbb00ff08d01d300023c629e8ffffcb65a5a578ce Uniswap Swap Router 02
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
0xe28e2c8d240dd5ebd0adcab86fbd79df7a052034 Aave v3 Avalanche Debt Swap Adapter
`,
  44787: `
0x3cfd4d48edfdcc53d3f173f596f621064614c582 Uniswap v3 Migrator
0x3d79edaabc0eab6f08ed885c05fc0b014290d95a Uniswap v3 Position Manager
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
`,
  57073: `
0x177778f19e89dd1012bdbe603f144088a95c4b53 Uniswap Swap Router 02
0x2816cf15f6d2a220e789aa011d5ee4eb6c47feba Aave v3 InkWhitelabel Pool
0xc0836e5b058bbe22ae2266e1ac488a1a0fd8dce8 Uniswap v3 Position Manager
0xde090efcd6ef4b86792e2d84e55a5fa8d49d25d2 Aave v3 InkWhitelabel Wrapped Coin Gateway
`,
  59144: `
0x03a520b32c04bf3beef7beb72e919cf822ed34f1 Uniswap v3 Migrator
0x31a239f3e39c5d8ba6b201ba81ed584492ae960f Aave v3 Linea Wrapped Coin Gateway
0x3d4e44eb1374240ce5f1b871ab261cd16335b76a Uniswap Swap Router 02
0x4615c383f85d0a2bbed973d83ccecf5cb7121463 Uniswap v3 Position Manager
0x8702463e73f74d0b6765abceb314ef07acb92650 Uniswap v2 Router 02
0xc47b8c00b0f69a36fa203ffeac0334874574a8ac Aave v3 Linea Pool
`,
  80001: `
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0xa5644e29708357803b5a882d272c41cc0df92b34 Uniswap v3 Migrator
0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
0xf471d32cb40837bf24529fcf17418fc1a4807626 0x Exchange Proxy
`,
  81457: `
0x15ca7043cd84c5d21ae76ba0a1a967d42c40ece0 Uniswap v3 Migrator
0x549feb8c9bd4c12ad2ab27022da12492ac452b66 Uniswap Swap Router 02
0xb218e4f7cf0533d4696fdfc419a0023d33345f28 Uniswap v3 Position Manager
0xbb66eb1c5e875933d44dae661dbd80e5d9b03035 Uniswap v2 Router 02
`,
  84531: `
0x3c61369ef0d1d2afa70d8fec2f31c5d6ce134f30 Uniswap v3 Position Manager
0x3efe5d02a04b7351d671db7008ec6eba9ad9e3ae Uniswap v3 Migrator
0x8357227d4edc78991db6fdb9bd6ade250536de1d Uniswap Swap Router 02
`,
  84532: `
0x0568130e794429d2eebc4dafe18f25ff1a1ed8b6 Aave v3 BaseSepolia Wrapped Coin Gateway
0x1689e7b1f10000ae47ebfe339a4f69decd19f602 Uniswap v2 Router 02
0x27f971cb582bf9e50f397e4d29a5c7a34f11faa2 Uniswap v3 Position Manager
0x423b16e67d9b7ea095bc443f1cb9621c54a3db1d Aave v3 BaseSepoliaLido Pool
0x63bba35193cb5e061e8f0318f8a1788ea34e5198 Aave v3 BaseSepoliaLido Wrapped Coin Gateway
0x8bab6d1b75f19e9ed9fce8b9bd338844ff79ae27 Aave v3 BaseSepolia Pool
0x94cc0aac535ccdb3c01d6787d6413c739ae12bc4 Uniswap Swap Router 02
0xcbf8b7f80800bd4888fbc7bf1713b80fe4e23e10 Uniswap v3 Migrator
`,
  421613: `
0x622e4726a167799826d1e1d150b076a7725f5d81 Uniswap v3 Position Manager
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0xa815919d2584ac3f76ea9cb62e6fd40a43bce0c3 Uniswap v3 Migrator
`,
  421614: `
0x101f443b4d1b059569d643917553c771e1b9663e Uniswap Swap Router 02
0x20040a64612555042335926d72b4e5f667a67fa1 Aave v3 ArbitrumSepolia Wrapped Coin Gateway
0x398f43ef2c67b941147157da1c5a868e906e043d Uniswap v3 Migrator
0x6b2937bde17889edcf8fbd8de31c3c2a70bc4d65 Uniswap v3 Position Manager
0xbfc91d59fdaa134a4ed45f7b584caf96d7792eff Aave v3 ArbitrumSepolia Pool
`,
  534352: `
0x11fcfe756c05ad438e312a7fd934381537d3cffe Aave v3 Scroll Pool
0xe79ca44408dae5a57ea2a9594532f1e84d2edaa4 Aave v3 Scroll Wrapped Coin Gateway
`,
  763373: `
0x6807dc923806fe8fd134338eabca509979a7e0cb Aave v3 InkSepolia Pool
`,
  7777777: `
0x048352d8dcf13686982c799da63fa6426a9d0b60 Uniswap v3 Migrator
0x7de04c96be5159c3b5ceffc82aa176dc81281557 Uniswap Swap Router 02
0xbc91e8dfa3ff18de43853372a3d7dfe585137d78 Uniswap v3 Position Manager
`,
  11155111: `
0x1238536071e1c677a632429e3655c799b22cda52 Uniswap v3 Position Manager
0x387d311e47e80b498169e6fb51d3193167d89f7d Aave v3 Sepolia Wrapped Coin Gateway
0x3bfa4769fb09eefc5a80d6e87c3b9c650f7ae48e Uniswap Swap Router 02
0x6ae43d3271ff6888e7fc43fd7321a503ff738951 Aave v3 Sepolia Pool
0x729004182cf005cec8bd85df140094b6acbe8b15 Uniswap v3 Migrator
0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
0xee567fe1712faf6149d80da1e6934e354124cfe3 Uniswap v2 Router 02
`,
  11155420: `
0x589750ba8af186ce5b55391b0b7148cad43a1619 Aave v3 OptimismSepolia Wrapped Coin Gateway
0x94cc0aac535ccdb3c01d6787d6413c739ae12bc4 Uniswap Swap Router 02
0xb50201558b00496a145fe76f7424749556e326d8 Aave v3 OptimismSepolia Pool
0xda75cef1c93078e8b736fca5d5a30adb97c8957d Uniswap v3 Position Manager
0xe7ecbaaaa54d007a00dbb6c1d2f150066d69da07 Uniswap v3 Migrator
`,
  999999999: `
0x65ef259b31bf1d977c37e9434658694267674897 Uniswap v3 Migrator
0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
0xb8458eaae43292e3c1f7994efd016bd653d23c20 Uniswap v3 Position Manager
`,
}
