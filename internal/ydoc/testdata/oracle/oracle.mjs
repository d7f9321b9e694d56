// The reference for package ydoc: yjs itself, asked over standard input and output.
//
// A message is a frame: u32 length, then u32 count and count pieces of u32 length + bytes (all big-endian). The first piece of a request is a command:
//   history <seed>   a random concurrent history in seven deliveries, with what yjs makes of each
//   load <update>…   canonical JSON and state vector of a document loaded from each update
//   apply <update>…  the same of one document that got all of them
//   merge <update>…  mergeUpdates; and the same where an element and garbage in one place come in the order of the updates
//   diff <state vector> <update>…  diffUpdate of each
//   vectors <update>…  encodeStateVectorFromUpdate of each
//   positions <update> <update>  every relative position of the lists after the first update, and where it is after the second
//   authors <update> the ids of all elements of the lists
//   xml              an update with every kind of XML type, formatted texts and attributes, and how it reads
//   readxml <update> how it reads
//   typed <edits>    types a trace; the updates of it, one an edit, each after its length
//   state            the document typed
//   time             milliseconds to apply those updates one by one, to load the document, and the bytes of the loaded one
// Answers come in the order of the requests.
import * as Y from 'yjs'

/**
 * Runs merge with yjs's order of readers made one. Where one update holds an element and another the garbage it became, yjs's comparison says
 * "before" both ways round: which is written is left to the sorting algorithm of the engine. Here neither is before the other.
 */
function stably (merge) {
  const sort = Array.prototype.sort
  Array.prototype.sort = function (compare) {
    return sort.call(this, compare && ((a, b) => {
      const there = compare(a, b)
      return there < 0 && a?.curr && compare(b, a) < 0 ? 0 : there
    }))
  }
  try {
    return merge()
  } finally {
    Array.prototype.sort = sort
  }
}

const kinds = { m: 'map', n: 'map', a: 'array', b: 'array', t: 'text', u: 'text', x: 'xml' }

const open = (doc, name) => {
  switch (kinds[name]) {
    case 'map': return doc.getMap(name)
    case 'array': return doc.getArray(name)
    case 'text': return doc.getText(name)
    default: return doc.getXmlFragment(name)
  }
}

// ---- random ----

const prng = seed => () => {
  seed = (seed + 0x6D2B79F5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

class Random {
  constructor (seed) { this.next = prng(seed) }
  int (n) { return Math.floor(this.next() * n) }
  chance (p) { return this.next() < p }
  pick (list) { return list[this.int(list.length)] }
  shuffle (list) {
    list = list.slice()
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(i + 1)
      ;[list[i], list[j]] = [list[j], list[i]]
    }
    return list
  }
}

const pieces = ['a', 'b', 'xyz', 'hello ', '\n', 'あ', '支援', '\uFA10', '\uFA19', '邉\u{E0100}', '葛\u{E0101}', '\u{20BB7}', '😀', '👨\u200D👩\u200D👧', '🇯🇵', 'e\u0301', 'か\u3099', '"\\', '\uFEFF']

const text = r => {
  let s = ''
  for (let i = r.int(4); i >= 0; i--) s += r.pick(pieces)
  return s
}

const value = (r, depth = 0) => {
  switch (r.int(depth > 2 ? 10 : 13)) {
    case 0: return null
    case 1: return undefined
    case 2: return r.chance(0.5)
    case 3: return r.int(200) - 100
    case 4: return r.pick([0, -0, 63, 64, -64, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 40, 2 ** 53, -(2 ** 60)])
    case 5: return r.pick([0.5, 0.1, -1e-7, 1e21, 1.5e300, 5e-324, 123456.789, NaN, Infinity, -Infinity])
    case 6: return r.pick([0n, 1n, -1n, 2n ** 62n, -(2n ** 63n)])
    case 7: return new Uint8Array([1, 2, r.int(256)].slice(0, r.int(4)))
    case 8: case 9: return text(r)
    case 10: return Array.from({ length: r.int(4) }, () => value(r, depth + 1))
    default: {
      const o = {}
      for (let i = r.int(4); i > 0; i--) o[r.pick(['k', 'kk', '$s', '名', '\u{20BB7}', '\uFA10'])] = value(r, depth + 1)
      return o
    }
  }
}

const nested = (r, depth) => {
  const t = r.pick([() => new Y.Map(), () => new Y.Array(), () => new Y.Text()])()
  if (r.chance(0.4)) {
    if (t instanceof Y.Text) t.insert(0, text(r))
    else if (t instanceof Y.Map) t.set('k0', depth > 0 && r.chance(0.5) ? nested(r, depth - 1) : value(r))
    else t.push([depth > 0 && r.chance(0.5) ? nested(r, depth - 1) : element(value(r))])
  }
  return t
}

const member = (r, depth) => r.chance(0.3) ? nested(r, depth) : r.chance(0.02) ? new Y.Doc({ guid: 'sub' + r.int(9) }) : value(r)

// arrays of yjs refuse undefined and bigint, unless within a value
const element = v => v === undefined || typeof v === 'bigint' ? [v] : v

// types lists every shared type of the document that is alive.
const types = (t, out) => {
  out.push(t)
  const visit = v => { if (v instanceof Y.AbstractType) types(v, out) }
  if (t instanceof Y.Map) t.forEach(visit)
  else if (t instanceof Y.Array) t.forEach(visit)
  else if (t instanceof Y.XmlFragment) t.toArray().forEach(visit)
  return out
}

const formats = [['bold', [true, null]], ['color', ['red', 'blue', null]], ['link', [{ href: 'a', n: 1 }, null]]]

const edit = (r, t, style) => {
  if (t instanceof Y.Map) {
    const key = 'k' + r.int(5)
    if (r.chance(0.2)) t.delete(key)
    else t.set(key, member(r, 2))
  } else if (t instanceof Y.XmlElement && r.chance(0.4)) {
    if (r.chance(0.2)) t.removeAttribute('id')
    else t.setAttribute(r.pick(['id', 'class']), text(r))
  } else if (t instanceof Y.XmlFragment) {
    if (t.length > 0 && r.chance(0.3)) t.delete(r.int(t.length), 1)
    else t.insert(r.int(t.length + 1), [r.chance(0.5) ? new Y.XmlElement(r.pick(['p', 'h1'])) : new Y.XmlText(text(r))])
  } else if (t instanceof Y.Array) {
    if (t.length > 0 && r.chance(0.3)) {
      const i = r.int(t.length)
      t.delete(i, 1 + r.int(Math.min(3, t.length - i)))
    } else t.insert(r.int(t.length + 1), Array.from({ length: 1 + r.int(3) }, () => element(member(r, 2))))
  } else {
    const i = r.chance(0.3) ? t.length : r.int(t.length + 1)
    const len = i < t.length ? 1 + r.int(Math.min(6, t.length - i)) : 0
    const how = r.next()
    if (len > 0 && how < 0.3) t.delete(i, len)
    else if (len > 0 && style && how < 0.5) {
      const [name, values] = r.pick(formats)
      t.format(i, len, { [name]: r.pick(values) })
    } else if (style && how < 0.58) t.insertEmbed(i, r.chance(0.2) ? new Y.Map() : { img: r.int(9) }, r.chance(0.5) ? { bold: true } : undefined)
    else t.insert(i, text(r), style && r.chance(0.15) ? { color: 'red' } : undefined)
  }
}

// history makes the updates of two to five replicas that edit at once and sync now and then, in an order that has each after what it depends on.
const history = r => {
  const gc = r.chance(0.8)
  const style = r.chance(0.6)
  const dense = r.chance(0.2) // all insert at the same few places of one list: the conflicts are many
  const names = dense ? [r.pick(['t', 'a'])] : Object.keys(kinds).filter(() => r.chance(0.7))
  if (names.length === 0) names.push('t')
  const updates = []
  const ids = r.shuffle([1, 2, 127, 128, 70000, 2 ** 31 + 5, 2 ** 32 - 1, 2 ** 40 + 3, 2 ** 53 - 2, ...Array.from({ length: 6 }, () => r.int(2 ** 32))])
  const docs = Array.from({ length: 2 + r.int(4) }, (_, i) => {
    const doc = new Y.Doc({ gc })
    doc.clientID = ids[i]
    names.forEach(n => open(doc, n))
    doc.on('update', (u, _origin, _doc, tr) => { if (tr.local) updates.push(u) })
    return doc
  })
  for (let step = 10 + r.int(50); step > 0; step--) {
    const doc = r.pick(docs)
    if (dense && r.chance(0.8)) {
      const t = open(doc, names[0])
      const i = r.int(Math.min(4, t.length + 1))
      if (t.length > 3 && r.chance(0.1)) t.delete(i, 1)
      else t.insert(i, t instanceof Y.Text ? r.pick(['a', 'b', 'cd']) : [step])
      continue
    }
    if (r.chance(0.25)) {
      const from = r.pick(docs)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(from, Y.encodeStateVector(doc)))
      continue
    }
    doc.transact(() => {
      for (let n = r.chance(0.7) ? 1 : 1 + r.int(5); n > 0; n--) edit(r, r.pick(types(open(doc, r.pick(names)), [])), style)
    })
  }
  return { gc, style, names, updates }
}

// bySync gives the updates of a replica that asks three others, which know parts, for what it lacks.
const bySync = (r, updates, gc) => {
  const out = []
  const target = new Y.Doc({ gc })
  const peers = [0, 1, 2].map(() => new Y.Doc({ gc }))
  const give = u => { out.push(u); Y.applyUpdate(target, u) }
  for (const u of updates) {
    for (const p of peers) if (r.chance(0.6)) Y.applyUpdate(p, u)
    if (r.chance(0.15)) give(Y.encodeStateAsUpdate(r.pick(peers), Y.encodeStateVector(target)))
  }
  for (const u of r.shuffle(updates)) peers.forEach(p => Y.applyUpdate(p, u))
  give(Y.encodeStateAsUpdate(r.pick(peers), Y.encodeStateVector(target)))
  return out
}

// ---- canonical JSON; the form is specified in canonical.go ----

const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const q = JSON.stringify
const object = (entries, f = k => k) => '{' + entries.sort((a, b) => byCodePoint(a[0], b[0])).map(([k, v]) => q(f(k)) + ':' + canon(v)).join(',') + '}'
const escaped = k => k.startsWith('$') ? '$' + k : k
const attributesOf = o => o && Object.keys(o).length > 0 ? ',"$a":' + object(Object.entries(o), escaped) : ''

const canon = v => {
  if (v === undefined) return '{"$undefined":true}'
  if (v === null || typeof v === 'boolean' || typeof v === 'string') return q(v)
  if (typeof v === 'number') return Number.isFinite(v) ? q(v) : `{"$number":"${v}"}`
  if (typeof v === 'bigint') return `{"$bigint":"${v}"}`
  if (v instanceof Uint8Array) return `{"$bytes":"${Buffer.from(v).toString('base64')}"}`
  if (v instanceof Y.Doc) return `{"$doc":${q(v.guid)}}`
  if (v instanceof Y.AbstractType) return canonType(v)
  if (Array.isArray(v)) return '[' + v.map(canon).join(',') + ']'
  return object(Object.entries(v), escaped)
}

const canonText = t => {
  const out = []
  let last = null
  for (const op of t.toDelta()) {
    const attrs = attributesOf(op.attributes)
    if (typeof op.insert === 'string') {
      if (last !== null && last.attrs === attrs) last.s += op.insert
      else out.push(last = { s: op.insert, attrs })
    } else {
      last = null
      out.push(op.insert instanceof Y.AbstractType && attrs === '' ? canon(op.insert) : `{"$e":${canon(op.insert)}${attrs}}`)
    }
  }
  return '[' + out.map(e => typeof e === 'string' ? e : `{"$s":${q(e.s)}${e.attrs}}`).join(',') + ']'
}

const list = t => t instanceof Y.Text ? canonText(t) : '[' + t.toArray().map(canon).join(',') + ']'

const canonType = t => {
  if (t instanceof Y.Map) return `{"$map":${object([...t.entries()])}}`
  if (t instanceof Y.Array) return `{"$array":${list(t)}}`
  const attrs = t instanceof Y.Text || t instanceof Y.XmlElement ? Object.entries(t.getAttributes()) : []
  const tail = attrs.length > 0 ? ',"$attrs":' + object(attrs) + '}' : '}'
  if (t instanceof Y.XmlText) return `{"$xmltext":${list(t)}${tail}`
  if (t instanceof Y.Text) return `{"$text":${list(t)}${tail}`
  if (t instanceof Y.XmlElement) return `{"$element":${list(t)},"$name":${q(t.nodeName)}${tail}`
  return `{"$fragment":${list(t)}}`
}

const canonDoc = doc => '{' + [...doc.share.keys()].sort(byCodePoint).map(name => {
  const t = open(doc, name)
  if (t instanceof Y.Map) return t.size > 0 ? `${q(name)}:{"map":${object([...t.entries()])}}` : ''
  const l = list(t)
  return l !== '[]' ? `${q(name)}:{"list":${l}}` : ''
}).filter(s => s !== '').join(',') + '}'

// ---- relative positions ----

const idOf = id => id && [id.client, id.clock]

const lists = doc => [...doc.share.keys()].flatMap(name => types(open(doc, name), [])).filter(t => !(t instanceof Y.Map))

const positions = (before, after) => lists(before).flatMap(t => {
  const out = []
  for (let index = 0; index <= t.length; index++) {
    for (const assoc of [0, -1, 3]) {
      const p = Y.createRelativePositionFromTypeIndex(t, index, assoc)
      const found = d => {
        const a = Y.createAbsolutePositionFromRelativePosition(p, d, false)
        return a && { item: idOf(a.type._item && a.type._item.id), root: a.type._item ? '' : [...d.share.keys()].find(k => d.share.get(k) === a.type), index: a.index, assoc: a.assoc }
      }
      const root = t._item ? '' : [...before.share.keys()].find(k => before.share.get(k) === t)
      out.push({ item: idOf(t._item && t._item.id), root, index, assoc, encoded: Buffer.from(Y.encodeRelativePosition(p)).toString('hex'), now: found(before), then: found(after) })
    }
  }
  return out
})

// ---- XML ----

const readXML = doc => {
  const seen = []
  const walk = t => {
    if (t instanceof Y.XmlText) return { text: t.toDelta(), attributes: t.getAttributes() }
    if (t instanceof Y.XmlHook) return { hook: t.hookName, entries: t.toJSON() }
    return { name: t.nodeName, attributes: t instanceof Y.XmlElement ? t.getAttributes() : {}, children: t.toArray().map(walk) }
  }
  seen.push(walk(doc.getXmlFragment('x')), doc.getXmlFragment('x').toString(), doc.getText('t').toDelta())
  return Buffer.from(JSON.stringify(seen))
}

const makeXML = () => {
  const doc = new Y.Doc()
  const x = doc.getXmlFragment('x')
  const p = new Y.XmlElement('Paragraph')
  const text = new Y.XmlText('支援会議')
  const hook = new Y.XmlHook('widget')
  x.insert(0, [p, hook, new Y.XmlElement('br')])
  p.setAttribute('level', 3)
  p.setAttribute('id', 'ぶ')
  p.insert(0, [text, new Y.XmlElement('i')])
  text.format(1, 2, { bold: true, color: { r: 1 } })
  text.setAttribute('lang', 'ja')
  text.insertEmbed(2, { img: 1 }, { bold: null })
  hook.set('k', [1, { a: null }])
  x.delete(2, 1)
  const t = doc.getText('t')
  t.insert(0, 'plain bold both')
  t.format(6, 9, { bold: true })
  t.format(11, 4, { em: '𠮷' })
  t.insert(8, 'X', { bold: null })
  t.delete(3, 4)
  return doc
}

// ---- commands ----

// deliver gives a passive replica. An editor's replica tidies up formats after remote changes, which are edits of its own (now and then visible
// ones) that it sends to all; here nothing may be added to what the updates say.
const deliver = (updates, gc) => {
  const doc = new Y.Doc({ gc })
  doc.on('afterTransaction', tr => { tr._needFormattingCleanup = false })
  updates.forEach(u => Y.applyUpdate(doc, u))
  return doc
}

const trace = { updates: [], state: null }

const commands = {
  typed (json) {
    const doc = new Y.Doc()
    const text = doc.getText('t')
    trace.updates = []
    doc.on('update', u => trace.updates.push(u))
    for (const [at, del, ins] of JSON.parse(json.toString())) {
      doc.transact(() => {
        if (del > 0) text.delete(at, del)
        if (ins !== '') text.insert(at, ins)
      })
    }
    trace.state = Y.encodeStateAsUpdate(doc)
    const size = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b }
    return [Buffer.concat(trace.updates.flatMap(u => [size(u.length), u]))]
  },
  state: () => [trace.state],
  time () {
    global.gc()
    let from = performance.now()
    let doc = new Y.Doc()
    for (const u of trace.updates) Y.applyUpdate(doc, u)
    const apply = performance.now() - from
    doc = null
    global.gc()
    const before = process.memoryUsage().heapUsed
    from = performance.now()
    doc = new Y.Doc()
    Y.applyUpdate(doc, trace.state)
    const load = performance.now() - from
    global.gc()
    const heap = process.memoryUsage().heapUsed - before
    doc.destroy()
    return [Buffer.from(JSON.stringify({ apply, load, heap }))]
  },
  history (seed) {
    const r = new Random(Number(seed.toString()))
    const { gc, style, updates } = history(r)
    const modes = {
      'in order': updates,
      'full state': [Y.encodeStateAsUpdate(deliver(updates, gc))],
      merged: [Y.mergeUpdates(updates)],
      shuffled: r.shuffle(updates),
      'twice, shuffled': r.shuffle([...updates, ...updates]),
      reversed: updates.slice().reverse(),
      'by sync': bySync(r, updates, gc)
    }
    const meta = { gc, style, modes: [] }
    const out = []
    for (const [name, l] of Object.entries(modes)) {
      let doc = deliver(l, gc)
      // Once in some twenty thousand replays yjs has every update and still waits: what it notes as missing is more than what is. It goes on
      // after loading its own encoding, so that is what we compare with.
      const stuck = doc.store.pendingStructs !== null
      if (stuck) doc = deliver([Y.encodeStateAsUpdate(doc)], gc)
      meta.modes.push({ name, stuck, updates: l.length })
      out.push(...l, Buffer.from(canonDoc(doc)), Y.encodeStateVector(doc), Y.encodeStateAsUpdate(doc))
    }
    return [Buffer.from(JSON.stringify(meta)), ...out]
  },
  load (...updates) {
    return updates.flatMap(u => commands.apply(u))
  },
  merge: (...updates) => [Y.mergeUpdates(updates), stably(() => Y.mergeUpdates(updates))],
  diff: (sv, ...updates) => updates.map(u => Y.diffUpdate(u, sv)),
  vectors: (...updates) => updates.map(u => Y.encodeStateVectorFromUpdate(u)),
  positions (first, second) {
    const before = deliver([first], true)
    for (const name of Object.keys(kinds)) if (before.share.has(name)) open(before, name)
    const after = deliver([first, second], true)
    for (const name of Object.keys(kinds)) if (after.share.has(name)) open(after, name)
    return [Buffer.from(JSON.stringify(positions(before, after)))]
  },
  authors (update) {
    const doc = deliver([update], true)
    for (const name of Object.keys(kinds)) if (doc.share.has(name)) open(doc, name)
    const out = lists(doc).map(t => {
      const ids = []
      for (let i = t._start; i !== null; i = i.right) {
        for (let k = 0; !i.deleted && i.countable && k < i.length; k++) ids.push([i.id.client, i.id.clock + k])
      }
      return { item: idOf(t._item && t._item.id), root: t._item ? '' : [...doc.share.keys()].find(k => doc.share.get(k) === t), ids }
    })
    return [Buffer.from(JSON.stringify(out))]
  },
  xml () {
    const doc = makeXML()
    return [Y.encodeStateAsUpdate(doc), readXML(doc)]
  },
  readxml: update => [readXML(deliver([update], true))],
  apply (...updates) {
    const doc = deliver(updates, true)
    return [Buffer.from(canonDoc(doc)), Y.encodeStateVector(doc)]
  }
}

const answer = pieces => {
  const head = Buffer.alloc(8 + 4 * pieces.length)
  const parts = [head.subarray(0, 8)]
  let at = 8
  let size = 4
  for (const p of pieces) {
    head.writeUInt32BE(p.length, at)
    parts.push(head.subarray(at, at + 4), p)
    at += 4
    size += 4 + p.length
  }
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(pieces.length, 4)
  process.stdout.write(Buffer.concat(parts))
}

const handle = frame => {
  const args = []
  for (let at = 4, n = frame.readUInt32BE(0); n > 0; n--) {
    const len = frame.readUInt32BE(at)
    args.push(frame.subarray(at + 4, at + 4 + len))
    at += 4 + len
  }
  const [command, ...rest] = args
  try {
    answer([Buffer.from('ok'), ...commands[command.toString()](...rest)])
  } catch (e) {
    answer([Buffer.from('error'), Buffer.from(String(e.stack))])
  }
}

let buffer = Buffer.alloc(0)
process.stdin.on('data', chunk => {
  buffer = buffer.length > 0 ? Buffer.concat([buffer, chunk]) : chunk
  while (buffer.length >= 4) {
    const len = buffer.readUInt32BE(0)
    if (buffer.length < 4 + len) break
    handle(buffer.subarray(4, 4 + len))
    buffer = buffer.subarray(4 + len)
  }
})
