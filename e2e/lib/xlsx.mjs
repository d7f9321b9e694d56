// An Excel file as somebody changes it: one text of its parts by another.
import { crc32, inflateRawSync } from 'node:zlib'

/** The parts of a zip, by name. */
const parts = zip => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  const out = []
  for (let n = zip.readUInt16LE(end + 10), at = zip.readUInt32LE(end + 16); n--;) {
    const [how, size, name, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const body = zip.subarray(begin, begin + size)
    out.push([zip.toString('utf8', at + 46, at + 46 + name), how ? inflateRawSync(body) : body])
    at += 46 + name + extra + comment
  }
  return out
}

/** A zip of parts, none of them packed. */
const zipOf = list => {
  const bodies = []
  const index = []
  let at = 0
  for (const [name, body] of list) {
    const n = Buffer.from(name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(body), 10)
    head.writeUInt32LE(body.length, 14)
    head.writeUInt32LE(body.length, 18)
    head.writeUInt16LE(n.length, 22)
    bodies.push(Buffer.from('PK\x03\x04'), head, n, body)
    const where = Buffer.alloc(14)
    where.writeUInt32LE(at, 10)
    index.push(Buffer.from('PK\x01\x02\x14\x00'), head, where, n)
    at += 30 + n.length + body.length
  }
  const entries = Buffer.concat(index)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(list.length, 4)
  end.writeUInt16LE(list.length, 6)
  end.writeUInt32LE(entries.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...bodies, entries, Buffer.from('PK\x05\x06'), end])
}

/** Gives the file with one text changed, as Excel would save it. */
export const changed = (file, from, to) => {
  let n = 0
  const list = parts(Buffer.from(file)).map(([name, body]) => {
    const text = body.toString('utf8')
    if (!name.endsWith('sharedStrings.xml') || !text.includes(from)) return [name, body]
    n++
    return [name, Buffer.from(text.replace(from, to))]
  })
  if (n !== 1) throw new Error(`the text stands in ${n} parts: ${from}`)
  return zipOf(list)
}
