/** What can be wrong with rules of somebody else. By error code, as `errors-en.ts`. */
export default {
  'plugin-duplicate': {
    message: 'The plugin {plugin} brings a rule that is there already: {rule}.',
    hints: ['Name each plugin once.'],
  },
  'plugin-failed': {
    message: 'The plugin {plugin} could not be loaded: {reason}',
    hints: [],
  },
  'plugin-invalid': {
    message: 'The plugin {plugin} cannot be used: {problem}.',
    hints: ['Its default export must be a rule that defineRule made, or an array of them.'],
  },
  'plugin-not-found': {
    message: 'There is no plugin {plugin}.',
    hints: [
      'A path begins with ./ and counts from the folder of the config file, or of --plugin from where the command runs. A package must be installed there.',
    ],
  },
  'plugin-version': {
    message: 'The plugin {plugin} is made for version {found} of rules, and this program has version {known}.',
    hints: ['Update the older of the two.'],
  },
  'unreportable-finding': {
    message: 'The rule {rule} found something that cannot be reported: {problem}.',
    hints: ['Test the rule with testRule.'],
  },
}
