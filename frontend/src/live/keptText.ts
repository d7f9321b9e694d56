import { fieldName } from './fieldName'

/** The user's own words, field by field, as they are copied and downloaded. */
export function keptText(texts: Record<string, string>): string {
  return Object.entries(texts)
    .map(([key, text]) => `【${fieldName(key)}】\n${text}`)
    .join('\n\n')
}
