/** Sentences without the name of a product that is a word of praise too: a Safe account is one made by the app of that name, and `-o safe-batch` is for one. */
export function withoutProductNames(sentence: string): string {
  const name =
    /\bSafe(?= (?:account|app|contract)|アカウント|アプリ|の開発元|のコントラクト)|(?<=\bmakers of )Safe\b|(?<=-o )safe-batch\b/g
  return sentence.replaceAll(name, '')
}
