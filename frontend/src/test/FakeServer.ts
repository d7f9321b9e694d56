import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** A server of the live protocol in memory, for one person at a time: what docs/protocol.md says, and knobs to be unkind. */
export class FakeServer {
  readonly docs = new Map<string, Y.Doc>()
  /** Updates taken, in order, by document. */
  readonly taken: string[] = []
  /** What clients asked for in stateless messages. */
  readonly asked: string[] = []
  /** Keeps acknowledgements back until released. */
  hold = false
  /** Refuses the next update with this reason. */
  refuse = ''
  up = true
  /** Who the session of the socket belongs to. */
  user = ''
  readOnly = false
  /** Reason for which documents are denied. */
  deny = ''
  private sockets = new Set<FakeSocket>()
  private waiting: (() => void)[] = []

  /** A class that can stand for WebSocket. */
  socketClass(): unknown {
    const server = this
    return class extends FakeSocket {
      constructor() {
        super(server)
      }
    }
  }

  doc(name: string): Y.Doc {
    let d = this.docs.get(name)
    if (!d) {
      d = new Y.Doc()
      this.docs.set(name, d)
    }
    return d
  }

  connect(s: FakeSocket): boolean {
    if (this.up) this.sockets.add(s)
    return this.up
  }

  /** Cuts the line; new connections fail until `up` again. */
  cut(): void {
    this.up = false
    for (const s of this.sockets) s.end()
    this.sockets.clear()
    this.waiting = []
  }

  release(): void {
    this.hold = false
    for (const w of this.waiting.splice(0)) w()
  }

  /** Says something on a document. */
  say(name: string, message: object): void {
    for (const s of this.sockets) s.deliver(stateless(name, message))
  }

  receive(s: FakeSocket, data: Uint8Array): void {
    const d = decoding.createDecoder(data)
    const name = decoding.readVarString(d)
    const type = decoding.readVarUint(d)
    if (type === 2 && this.deny) {
      const denied = frame(name, e => {
        encoding.writeVarUint(e, 2)
        encoding.writeVarUint(e, 1)
        encoding.writeVarString(e, this.deny)
      })
      s.deliver(denied)
      return
    }
    if (this.deny) return
    if (type === 2) {
      const auth = frame(name, e => {
        encoding.writeVarUint(e, 2)
        encoding.writeVarUint(e, 2)
        encoding.writeVarString(e, 'read-write')
      })
      s.deliver(auth)
      const rights = {
        type: 'rights',
        doc: name,
        write: !this.readOnly,
        ownAgencyOnly: false,
        frozen: false,
        user: this.user,
      }
      s.deliver(stateless(name, rights))
    }
    if (type === 0) this.sync(s, name, d)
    if (type === 5) this.asked.push(decoding.readVarString(d))
  }

  private sync(s: FakeSocket, name: string, d: decoding.Decoder): void {
    const doc = this.doc(name)
    const kind = decoding.readVarUint(d)
    const body = decoding.readVarUint8Array(d)
    const send = (sub: number, bytes: Uint8Array) =>
      s.deliver(
        frame(name, e => {
          encoding.writeVarUint(e, 0)
          encoding.writeVarUint(e, sub)
          encoding.writeVarUint8Array(e, bytes)
        }),
      )
    if (kind === 0) {
      send(1, Y.encodeStateAsUpdate(doc, body))
      send(0, Y.encodeStateVector(doc))
      return
    }
    if (this.refuse) {
      const reason = this.refuse
      this.refuse = ''
      this.say(name, { type: 'refused', doc: name, reason, message: '受け付けられません' })
      return
    }
    Y.applyUpdate(doc, body)
    if (kind === 2) this.taken.push(name)
    const ack = () =>
      s.deliver(
        frame(name, e => {
          encoding.writeVarUint(e, 8)
          encoding.writeVarInt(e, 1)
        }),
      )
    if (this.hold) this.waiting.push(ack)
    else ack()
  }
}

function frame(name: string, write: (e: encoding.Encoder) => void): Uint8Array {
  const e = encoding.createEncoder()
  encoding.writeVarString(e, name)
  write(e)
  return encoding.toUint8Array(e)
}

function stateless(name: string, message: object): Uint8Array {
  return frame(name, e => {
    encoding.writeVarUint(e, 5)
    encoding.writeVarString(e, JSON.stringify(message))
  })
}

/** One end of a socket in memory. */
class FakeSocket extends EventTarget {
  readyState = 0
  binaryType = ''
  private readonly server: FakeServer

  constructor(server: FakeServer) {
    super()
    this.server = server
    setTimeout(() => {
      if (this.readyState !== 0) return
      if (!server.connect(this)) return this.end()
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
    }, 1)
  }

  send(data: Uint8Array): void {
    if (this.readyState === 1) this.server.receive(this, data)
  }

  deliver(data: Uint8Array): void {
    setTimeout(() => {
      if (this.readyState === 1) this.dispatchEvent(Object.assign(new Event('message'), { data }))
    }, 0)
  }

  end(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '', wasClean: false }))
  }

  close(): void {
    this.end()
  }
}
