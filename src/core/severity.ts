/** How much a finding matters, gravest first. Apart from what checks findings, which takes long to load. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
