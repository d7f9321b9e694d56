// The reference server, as its manual starts it: an authentication hook, no database. With DEFLATE, which is not its default,
// every message goes compressed to who takes that.
import { Server } from '@hocuspocus/server'

const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env.PORT),
  quiet: true,
  async onAuthenticate ({ token }) { if (token === 'wrong') throw new Error('no') }
}, process.env.DEFLATE ? { perMessageDeflate: { threshold: 0 } } : {})
await server.listen()
