/**
 * Text that may enter a shared document: control characters other than line feed and tab, bidi controls and lone
 * surrogates are dropped, line ends become \n, private-use characters (外字) become 〓. Letters are never changed: names stay as they were typed.
 */
export function cleanText(text: string): string {
  let out = ''
  for (const c of text.replace(/\r\n?|\u2028|\u2029/g, '\n')) {
    const code = c.codePointAt(0) as number
    if (isPrivate(code)) out += GETA
    else if (!refused(code)) out += c
  }
  return out
}

/** Stands for a 外字 of this computer alone, so that its writer sees that it has to be written otherwise. */
const GETA = '〓'

const isPrivate = (c: number) => (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000

function refused(c: number): boolean {
  if (c < 0x20) return c !== 0x0a && c !== 0x09
  return (
    (c >= 0x7f && c <= 0x9f) ||
    c === 0x061c ||
    c === 0x200e ||
    c === 0x200f ||
    (c >= 0x202a && c <= 0x202e) ||
    (c >= 0x2066 && c <= 0x2069) ||
    (c >= 0xd800 && c <= 0xdfff) || // a lone half: pairs come as one code point
    c === 0xfeff ||
    c === 0xfffe ||
    c === 0xffff
  )
}
