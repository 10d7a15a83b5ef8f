/** One function per chat that makes any text, whoever wrote it, a harmless part of a message: no link, nobody called, no style. */
import { plainText } from '../reporters/escape.ts'

const longestLine = 400

/** What chats make links of, or call people by, in the plainest of texts. */
function inert(text: string): string {
  return (
    plainText(text, longestLine)
      .replaceAll('://', '[://]')
      .replaceAll('@', '[@]')
      // Dots between the labels of a host, and of an IPv4 address: amounts have one dot between digits only.
      .replace(/(?<=[\p{L}\p{M}\p{N}\p{S}-])\.(?=\p{L})/gu, '[.]')
      .replace(/\b(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b/g, '$1[.]$2[.]$3[.]$4')
  )
}

/** Slack reads <…> as links and mentions, and these three entities, in every text. */
export function slackText(text: string): string {
  return inert(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Discord's Markdown, with its mentions of people, roles and channels (<@…>, <#…>), times and emoji. */
export function discordText(text: string): string {
  return inert(text).replace(/[\\*_~`|<>#:[\]()-]/g, '\\$&')
}

/** Sent without a parse mode, so nothing is parsed but what clients find: commands, hashtags, cashtags. */
export function telegramText(text: string): string {
  return inert(text).replace(/(?<![\p{L}\p{N}])[/#$](?=\p{L})/gu, '[$&]')
}
