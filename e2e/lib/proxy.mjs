// Proxies as offices have them: a relay of one's own between a browser and a node that spoils what it does not understand.
import { createServer, request } from 'node:http'
import { connect } from 'node:net'

/**
 * A proxy to a port on loopback. `refuse` answers websockets with 403, `swallow` lets their handshake pass and nothing after it; `collect` gives answers on
 * only when they are whole. `idle` (ms) cuts what has been silent for so long, in either case.
 */
export const proxy = async (target, { websockets = 'pass', collect = false, idle = 0 } = {}) => {
  const count = { upgrades: 0, line: 0, cut: 0 }
  const server = createServer((req, res) => {
    if (req.url.includes('/hp/line')) count.line++
    const onward = request({ host: '127.0.0.1', port: target, method: req.method, path: req.url, headers: req.headers }, answer => {
      if (!collect) {
        res.writeHead(answer.statusCode, answer.headers)
        answer.pipe(res)
      } else {
        const parts = []
        answer.on('data', b => parts.push(b))
        answer.on('end', () => { res.writeHead(answer.statusCode, answer.headers); res.end(Buffer.concat(parts)) })
      }
      answer.on('error', () => res.destroy())
    })
    onward.on('error', () => res.destroy())
    res.on('close', () => onward.destroy())
    if (idle) onward.setTimeout(idle, () => { count.cut++; onward.destroy(); res.destroy() })
    req.pipe(onward)
  })
  server.on('upgrade', (req, near, head) => {
    count.upgrades++
    near.on('error', () => {})
    if (websockets === 'refuse') { near.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'); return }
    const far = connect(target, '127.0.0.1', () => {
      far.write(`${req.method} ${req.url} HTTP/1.1\r\n${req.rawHeaders.reduce((s, v, i) => s + (i % 2 ? `: ${v}\r\n` : v), '')}\r\n`)
      far.write(head)
    })
    const end = () => { near.destroy(); far.destroy() }
    far.on('error', end).on('close', end)
    near.on('close', end)
    if (idle) for (const s of [near, far]) s.setTimeout(idle, () => { if (!near.destroyed) count.cut++; end() })
    if (websockets === 'swallow') {
      near.resume()
      far.once('data', b => near.write(b.subarray(0, b.indexOf('\r\n\r\n') + 4)))
      return
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise((resolve, reject) => { server.once('error', reject); server.listen(0, '127.0.0.1', resolve) })
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    count,
    close () { server.closeAllConnections(); server.close() }
  }
}
