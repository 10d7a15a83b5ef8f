/** What went wrong, by error code. A sentence may name the error's data; `{reason}` of `needed-fact-failed` is another sentence. */
const anotherEndpoint = 'Use another endpoint.'

export default {
  'connection-failed': {
    message: 'No connection to {host} ({reason}).',
    hints: ['Check the RPC URL and your connection.'],
  },
  'ens-name-not-found': {
    message: 'The ENS name {name} has no address.',
    hints: ['Check the spelling, or pass the address itself.'],
  },
  'ens-name-offchain': {
    message: 'The ENS name {name} is kept outside the chain, and no other server is asked for it.',
    hints: ['Pass the address itself.'],
  },
  'ens-not-available': {
    message: 'Chain {chainId} has no ENS, so names cannot be resolved on it.',
    hints: ['Pass the address itself.'],
  },
  'http-status': {
    message: '{host} answered {method} with HTTP {status}.',
    hints: [
      '{status, select, 401 {Check the API key in the RPC URL.} 403 {Check the API key in the RPC URL.} other {}}',
    ],
  },
  'invalid-endpoint': {
    message:
      '{problem, select, not-http {The RPC URL must begin with https:// or http://.} other {The RPC URL is not a URL.}}',
    hints: ['Pass a whole URL, for example --rpc-url https://rpc.example.'],
  },
  'invalid-reply': {
    message: '{host} answered {method} with something unusable: {problem}.',
    hints: [anotherEndpoint],
  },
  'malformed-reply': {
    message: "The node's answer for {what} is not what the method returns.",
    hints: [anotherEndpoint],
  },
  'method-not-allowed': { message: '{method} is not a read, so it was not sent.', hints: [] },
  'method-not-supported': { message: 'The node does not offer {method}.', hints: [] },
  'needed-fact-failed': { message: 'This depends on {fact}, which could not be read. {reason}', hints: [] },
  'rate-limited': {
    message: '{host} kept refusing {method}: too many requests.',
    hints: ['Wait a while, or use an endpoint with a higher limit.'],
  },
  'rpc-refused': { message: 'The node refused {method} (code {nodeCode}) and said: "{nodeMessage}".', hints: [] },
  'rpc-timeout': {
    message: '{host} did not answer {method} within {timeout}.',
    hints: ['Raise --timeout, or use another endpoint.'],
  },
  'state-unavailable': {
    message: 'The node no longer has the state that {method} asked for.',
    hints: ['Use an archive endpoint, or check at the newest block.'],
  },
  stopped: { message: 'The run was stopped before this was read.', hints: [] },
  'undeclared-fact': {
    message: 'The rule {rule} read the fact {fact}, which is not among its needs.',
    hints: ["Add {fact} to the rule's needs."],
  },
  'unexpected-error': { message: 'An unexpected error ended this step ({name}).', hints: [] },
  'wrong-chain': {
    message: 'The endpoint serves chain {actual}, not chain {expected}, so nothing else was asked of it.',
    hints: ['Check --chain and the RPC URL.'],
  },
} as const
