// A font with one character more: what a municipality's own 外字 font is to Kasane.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../internal/pdf/fonts/BIZUDGothic-Regular.ttf.gz', import.meta.url))

/** The built-in face in which the character, and nothing else, has a shape: that of the glyph with the given number. */
export const fontWith = (char, glyph = 100) => {
  const font = gunzipSync(readFileSync(source))
  const cmap = Buffer.alloc(12 + 16 + 12) // one table of format 12 with one group
  cmap.writeUInt16BE(1, 2)
  cmap.writeUInt16BE(3, 4) // Windows
  cmap.writeUInt16BE(10, 6) // all of Unicode
  cmap.writeUInt32BE(12, 8)
  cmap.writeUInt16BE(12, 12)
  cmap.writeUInt32BE(28, 16)
  cmap.writeUInt32BE(1, 24)
  const code = char.codePointAt(0)
  for (const [i, n] of [code, code, glyph].entries()) cmap.writeUInt32BE(n, 28 + 4 * i)
  const pad = Buffer.alloc(-font.length & 3)
  const out = Buffer.concat([font, pad, cmap])
  for (let i = 0, at = 12; i < font.readUInt16BE(4); i++, at += 16) {
    if (font.toString('latin1', at, at + 4) !== 'cmap') continue
    out.writeUInt32BE(font.length + pad.length, at + 8)
    out.writeUInt32BE(cmap.length, at + 12)
    return out
  }
  throw new Error('no cmap in the built-in face')
}
