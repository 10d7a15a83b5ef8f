/** What the report says made it. A test holds the version to package.json, which sources may not import. */
export const tool = { name: 'wallet-checkup', version: '0.1.0' } as const
