// What a person finds in a PDF: its text layer, by code point.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from './proc.mjs'

/** The text of a PDF as pdftotext reads it; `raw` keeps the order of the content stream, so a table cell stays in one piece. */
export const pdfText = async (bytes, mode = '-raw') => {
  const dir = mkdtempSync(join(tmpdir(), 'kasane-pdf-'))
  try {
    const path = join(dir, 'a.pdf')
    writeFileSync(path, bytes)
    return await must('pdftotext', [mode, '-enc', 'UTF-8', path, '-'])
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Without any white space: lines are broken by the paper's width, nothing else of a text may change. */
export const squash = text => text.replace(/[\s\u3000]+/gu, '')

/** Code points, for messages in which 﨑 and 崎, or 邉 with and without selector, have to differ. */
export const points = text => [...text].map(c => c.codePointAt(0) > 0x3100 && c.codePointAt(0) < 0x9fa0 ? c : `${c}(${c.codePointAt(0).toString(16)})`).join('')

/** Those of the texts that do not stand in the PDF exactly as typed. */
export const missingIn = async (bytes, texts) => {
  const body = squash(await pdfText(bytes))
  return texts.filter(t => !body.includes(squash(t)))
}
