/** Reads what a spreadsheet puts on the clipboard: rows of cells between tabs; a cell in quotes may hold tabs, line ends and "". */
export function parseTsv(text: string): string[][] {
  const src = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let i = 0
  for (;;) {
    let cell = ''
    if (src[i] === '"') {
      for (i++; i < src.length; i++) {
        if (src[i] !== '"') cell += src[i]
        else if (src[i + 1] === '"') {
          cell += '"'
          i++
        } else break
      }
      i++
    }
    while (i < src.length && src[i] !== '\t' && src[i] !== '\n') cell += src[i++]
    rows.at(-1)?.push(cell)
    if (i >= src.length) return rows
    if (src[i++] === '\n') rows.push([])
  }
}

/** Writes rows so that a spreadsheet takes each cell as one. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return rows.map(r => r.map(c => (/["\t\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join('\t')).join('\n')
}
