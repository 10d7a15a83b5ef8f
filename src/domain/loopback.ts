/** @param host without brackets and port. Whether what is sent there never leaves this computer */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
