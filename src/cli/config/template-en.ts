/** What `init` writes. */
export default `# yaml-language-server: $schema=https://unpkg.com/wallet-checkup/schema/config.json
# The accounts that wallet-checkup checks. Data only: addresses are public, and no key ever belongs in this file.
# "wallet-checkup config check" says whether it can be used, "wallet-checkup check" checks all accounts.
version: 1

# Who is asked. Variables come from the environment, so that keys of endpoints stay out of this file:
#   export MAINNET_RPC=https://rpc.example/your-key
chains:
  ethereum:
    rpc: "\${MAINNET_RPC}"
    # Several endpoints: rpc: ["\${MAINNET_RPC}", "\${OTHER_RPC}"]
    # Serious findings are read again here: second: "\${SECOND_RPC}"

# An example: put your own in its place. Without "chains", an account is checked on all of them.
accounts:
  - address: "0x00000000219ab540356cBB839Cbe05303d7705Fa"
    label: example
    chains: [ethereum]
    # tags: [payroll]
# More accounts in a table with the columns address,label,chains,tags,kind:
# accountsFrom: accounts.csv

# Severities and options of rules ("wallet-checkup rules" lists them), for all accounts; an account may have its own.
rules:
  stale-approval: { severity: low, days: 180 }

# The same for accounts with a tag.
# tags:
#   payroll:
#     rules: { unlimited-allowance: off }

# Who may have grants; any other grant is then reported.
# expectedSpenders: ["0x000000000022D473030F116dDEE9F6B43aC78BA3"]

# Findings that are left alone for a time, with a reason and a last day.
# suppressions:
#   - rule: unlimited-allowance
#     account: example
#     reason: router of the weekly payout job
#     expires: 2027-03-31

outputs: [table]
# The lowest severity that ends in exit code 1.
failOn: high
`
