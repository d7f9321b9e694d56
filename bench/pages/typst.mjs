// Sets records with typst: the same text, faces, sizes and paper as Kasane, archive form PDF/A-2a.
// usage: node typst.mjs RECORD.json FONTDIR TIMES OUT.pdf   →  one line of JSON
import { readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const [recordFile, fonts, times, out] = process.argv.slice(2)
const record = JSON.parse(readFileSync(recordFile, 'utf8'))
const str = (s) => JSON.stringify(s)

/** A record as typst source; `salt` makes each one new to the cache of the compiler, as each record of an office is. */
function source(salt) {
  const parts = [
    `#set document(title: ${str(record.title)}, date: datetime(year: 2026, month: 11, day: 23))`,
    '#set page(paper: "a4", margin: (left: 25mm, right: 18mm, top: 25mm, bottom: 22mm))',
    '#set text(font: ("BIZ UDGothic", "Noto Sans JP"), size: 10.5pt, lang: "ja", region: "jp")',
    '#set par(justify: true, leading: 0.82em, spacing: 1.1em)',
    '#show heading.where(level: 1): set text(size: 16pt, weight: "bold")',
    '#show heading.where(level: 2): set text(size: 12pt, weight: "bold")',
    `#heading(level: 1, ${str(record.title)})`,
  ]
  for (const b of record.blocks) {
    parts.push(`#heading(level: 2, ${str(b.heading)})`)
    for (const p of b.paras) parts.push(`#par(text(${str(salt + p)}))`)
    const cells = [...b.rows].flat().map((c) => `text(size: 9.5pt, ${str(c)})`)
    const head = record.head.map((c) => `align(center, text(size: 9.5pt, weight: "bold", ${str(c)}))`)
    parts.push(
      `#table(columns: (12mm, 35mm, 80mm, 40mm), inset: 1.3mm, stroke: 0.2mm, fill: (x, y) => if y == 0 { rgb(230, 236, 242) }, table.header(${head.join(', ')}), ${cells.join(', ')})`,
    )
  }
  return parts.join('\n\n')
}

const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }], workspace: '.' })
const make = (salt) => {
  const pdf = compiler.pdf({ mainFileContent: source(salt) }, { pdfStandard: 'a-2a' })
  compiler.evictCache(3) // what three records ago was used is dropped: a server cannot keep everything
  return pdf
}
const high = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024
writeFileSync(out, make(''))
const one = high()
for (let i = 0; i < 2; i++) make(String.fromCodePoint(0x3042 + i))
const cpu = process.cpuUsage()
const wall = performance.now()
let bytes = 0
for (let i = 0; i < Number(times); i++) bytes = make(String.fromCodePoint(0x30a2 + (i % 80))).length
const used = process.cpuUsage(cpu)
console.log(
  JSON.stringify({ cpu: (used.user + used.system) / 1000 / times, wall: (performance.now() - wall) / times, bytes, one, high: high() }),
)
