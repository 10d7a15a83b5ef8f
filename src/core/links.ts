/**
 * Every page a report may send a reader to. Only these hosts: support.metamask.io, metamask.io, community.metamask.io
 * (a test holds to it). Section pages where one fits, because articles move. Checked 2026-11-23 against MetaMask's own published sources.
 */
export const links = {
  support: { en: 'https://support.metamask.io', ja: 'https://support.metamask.io/ja' },
  configure: { en: 'https://support.metamask.io/configure/', ja: 'https://support.metamask.io/ja/configure/' },
  tokens: { en: 'https://support.metamask.io/manage-crypto/', ja: 'https://support.metamask.io/ja/manage-crypto/' },
  transactions: {
    en: 'https://support.metamask.io/manage-crypto/transactions/how-to-speed-up-or-cancel-a-pending-transaction',
    ja: 'https://support.metamask.io/ja/manage-crypto/transactions/how-to-speed-up-or-cancel-a-pending-transaction',
  },
  failures: {
    en: 'https://support.metamask.io/manage-crypto/tokens/user-guide-transactions-and-failed-transactions',
    ja: 'https://support.metamask.io/ja/manage-crypto/tokens/user-guide-transactions-and-failed-transactions',
  },
  gas: {
    en: 'https://support.metamask.io/more-web3/learn/user-guide-gas',
    ja: 'https://support.metamask.io/ja/more-web3/learn/user-guide-gas',
  },
  safety: { en: 'https://support.metamask.io/stay-safe/', ja: 'https://support.metamask.io/ja/stay-safe/' },
  troubleshooting: {
    en: 'https://support.metamask.io/troubleshooting/',
    ja: 'https://support.metamask.io/ja/troubleshooting/',
  },
} as const satisfies Record<string, Readonly<Record<'en' | 'ja', string>>>

export type LinkId = keyof typeof links
export const linkHosts = ['support.metamask.io', 'metamask.io', 'community.metamask.io'] as const
