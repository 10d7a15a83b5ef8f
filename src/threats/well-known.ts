/**
 * Contracts that everybody uses, by what an approval given to them means. Scraped threat lists name some of them because
 * victims' transactions went through them. Collected by hand; one address a line, then its name. Dated 2026-11-23.
 */
export const wellKnownContracts = {
  /** Marketplaces, exchanges and the like: made to hold approvals. */
  spender: `
    0xdef1c0ded9bec7f1a1670819833240f027b25eff 0x Exchange Proxy
    0x11111112542d85b3ef69ae05771c2dccff4faa26 1inch v3
    0x1111111254fb6c44bac0bed2854e76f90643097d 1inch v4
    0x1111111254eeb25477b68fb85ed929f73a960582 1inch v5
    0x111111125421ca6dc452d289314280a0f8842a65 1inch v6
    0xba12222222228d8ba445958a75a0704d566bf2c8 Balancer Vault
    0x29469395eaf6f95920e59f858042f0e28d98a20b Blur Blend
    0x2f18f339620a63e43f0839eeb18d7de1e1be4dfb Blur Delegate v2
    0x00000000000111abe46ff893f3b2fdf1f759a8a8 Blur Execution Delegate
    0x000000000000ad05ccc4f10045630fb830b95127 Blur Marketplace
    0x39da41747a83aee658334415666f3ef92dd0d541 Blur Marketplace 3
    0xb2ecfe4e4d61f8790bbb9de2d1259b9e2410cea5 Blur v2
    0xc92e8bdf79f0507f65a392b0ab4667716bfe0110 CoW Vault Relayer
    0x6131b5fae19ea4f9d964eac0408e4408b66337b5 KyberSwap Meta Aggregation Router v2
    0x1231deb6f5749ef6ce6943a275a1d3e7486f4eae LI.FI Diamond
    0x889edc2edab5f40e902b864ad4d7ade8e412f9b1 Lido Withdrawal Queue
    0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0 Lido wstETH
    0xfed24ec7e22f573c2e08aef55aa6797ca2b3a051 LooksRare Transfer Manager 1155
    0xf42aa99f011a1fa7cda90e5e98b277e306bca83e LooksRare Transfer Manager 721
    0x59728544b08ab483533076417fbbb2fd0b17ce3a LooksRare v1
    0x0000000000e655fae4d56241588680f86e3b2377 LooksRare v2
    0x881d40237659c251811cec9c364ef91dc08d300c MetaMask Swap Router
    0x1e0049783f008a0085193e00003d00cd54003c71 OpenSea Conduit
    0x7be8076f4ea4a4ad08075c2508e481d6c946d12b OpenSea Wyvern 1
    0x7f268357a8c2552623316e2562d90e642bb538e5 OpenSea Wyvern 2.3
    0x13f4ea83d0bd40e75c8222255bc855a974568dd4 PancakeSwap Smart Router
    0x10ed43c718714eb63d5aa57b78b54704e256024e PancakeSwap v2 Router
    0xdef171fe48cf0115b1d80b88dc8eab59176fee57 ParaSwap Augustus v5
    0x6a000f20005980200259b80c5102003040001068 ParaSwap Augustus v6.2
    0x216b4b4ba9f3e719726886d34a177484278bfcae ParaSwap Token Transfer Proxy
    0x000000000022d473030f116ddee9f6b43ac78ba3 Permit2
    0x00000000006c3852cbef3e08e8df289169ede581 Seaport 1.1
    0x00000000000006c7676171937c444f6bde3d6282 Seaport 1.2
    0x0000000000000ad24e80fd803c6ac37206a45f15 Seaport 1.3
    0x00000000000001ad428e4906ae43d8f9852d0dd6 Seaport 1.4
    0x00000000000000adc04c56bf30ac9d3c0aaf14dc Seaport 1.5
    0x0000000000000068f116a894984e2db1123eb395 Seaport 1.6
    0x3a23f943181408eac424116af7b7790c94cb97a5 Socket Gateway
    0x8731d54e9d02c286767d56ac03e8037c07e01e98 Stargate Router
    0xd9e1ce17f2641f24ae83637ab66a2cca9c378b9f SushiSwap Router
    0x68b3465833fb72a70ecdf485e0e4c7bd8665fc45 Uniswap Swap Router 02
    0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad Uniswap Universal Router
    0xef1c6e67703c7bd7107eed8303fbe6ec2554bf6b Uniswap Universal Router (old)
    0x66a9893cc07d91d95644aedd05d03f95e1dba8af Uniswap Universal Router v2
    0xf164fc0ec4e93095b804a4795bbe1e041497b92a Uniswap v2 Router 01
    0x7a250d5630b4cf539739df2c5dacb4c659f2488d Uniswap v2 Router 02
    0xc36442b4a4522e871399cd717abdd847ab11fe88 Uniswap v3 Position Manager
    0xe592427a0aece92de3edee1f18e0157c05861564 Uniswap v3 Swap Router
    0x74312363e45dcaba76c59ec49a7aa8a65a67eed3 X2Y2
    0xf849de01b080adc3a814fabe1e2087475cf2e354 X2Y2 Delegate
  `,
  /** Does what anybody tells it: anybody can use an approval that it holds. */
  'open-executor': `
    0xca11bde05977b3631167028862be2a173976ca11 Multicall3
  `,
  /** Tokens, registries, deployers: honest, and nothing that an owner would approve on purpose to have assets traded. */
  other: `
    0x00000000219ab540356cbb839cbe05303d7705fa Beacon Deposit
    0x0000000000a39bb272e79075ade125fd351887ac Blur Pool
    0x9008d19f58aabd9ed0d60971565aa8510560ab41 CoW Settlement
    0xba5ed099633d3b313e4d5f7bdc1305d3c28ba5ed CreateX
    0x6b175474e89094c44da98b954eedeac495271d0f DAI
    0x4e59b44847b379578588920ca78fbf26c0b4956c Deterministic Deployment Proxy
    0x57f1887a8bf19b14fc0df6fd9b2acc9af147ea85 ENS Base Registrar
    0x253553366da8546fc250f225fe3d25d0c782303b ENS Controller
    0x283af0b28c62c092c9727f1ee09c02ca627eb7f5 ENS Controller (old)
    0xd4416b13d2b3a9abae7acd5d6c2bbdbe25686401 ENS Name Wrapper
    0x231b0ee14048e9dccd1d247744d114a4eb5e8e63 ENS Public Resolver
    0x00000000000c2e074ec69a0dfb2997ba6c7d2e1e ENS Registry
    0x5ff137d4b0fdcd49dca30c7cf57e578a026d2789 ERC-4337 EntryPoint 0.6
    0x0000000071727de22e5e9d8baf0edac6f37da032 ERC-4337 EntryPoint 0.7
    0xae7ab96520de3a18e5e111b5eaab095312d7fe84 Lido stETH
    0xa5409ec958c83c3f309868babaca7c86dcb077c1 OpenSea Proxy Registry
    0x00005ea00ac477b1030ce78506496e8c2de24bf5 OpenSea SeaDrop
    0x00000000f9490004c11cef243f5400493c00ad63 Seaport Conduit Controller
    0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48 USDC
    0xdac17f958d2ee523a2206206994597c13d831ec7 USDT
    0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 WETH
    0x4200000000000000000000000000000000000010 OP Stack Standard Bridge
    0x4200000000000000000000000000000000000028 OP Stack Superchain Token Bridge
    0x4200000000000000000000000000000000000006 WETH (OP Stack)
  `,
} as const
