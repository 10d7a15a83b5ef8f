/** Sentences without the names of products that are words of praise too: a Safe account is one made by the app of that name. */
export function withoutProductNames(sentence: string): string {
  return sentence.replaceAll(/\bSafe(?= (?:account|app|transaction)|アカウント|アプリ|トランザクション)/g, '')
}
