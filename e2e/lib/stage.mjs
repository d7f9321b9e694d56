// Where a meeting can be held: one binary on SQLite alone, or two nodes on PostgreSQL and Redis.
import { readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { kasane, verify } from './kasane.mjs'
import { postgres, redis } from './services.mjs'
import { tempDir } from './proc.mjs'

/** SQLite and the in-process bus: no other service. */
export const alone = async () => {
  const node = await kasane()
  return {
    name: 'SQLite',
    urls: [node.url, node.url],
    nodes: [node],
    verify: () => verify(node.data),
    /** Flip one byte of the stored file. The server is stopped, the bytes are changed on the disk itself. */
    async flip (bytes) {
      await node.stop()
      const path = join(node.data, 'kasane.db')
      const db = readFileSync(path)
      const at = db.indexOf(bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 64))
      if (at < 0) throw new Error('the file was not found in kasane.db')
      db[at + 10] ^= 1
      writeFileSync(path, db)
    },
    async close () { await node.stop() }
  }
}

/** Two nodes, PostgreSQL, Redis. */
export const twoNodes = async () => {
  const [pg, rd] = await Promise.all([postgres(), redis()])
  const env = { DATABASE_URL: pg.url, REDIS_URL: rd.url, KASANE_FILE_KEY: randomBytes(32).toString('base64') }
  const first = await kasane({ env: { ...env, KASANE_NODE: 'node1' } })
  const second = await kasane({ env: { ...env, KASANE_NODE: 'node2' } })
  const empty = tempDir('verify')
  return {
    name: 'PostgreSQL + Redis, two nodes',
    urls: [first.url, second.url],
    nodes: [first, second],
    redis: rd,
    postgres: pg,
    verify: () => verify(empty, env),
    async flip (bytes, number) {
      const at = bytes.length >> 1
      const changed = await pg.sql(`UPDATE archive_record SET file = set_byte(file, ${at}, get_byte(file, ${at}) # 1) WHERE number = '${number.replaceAll("'", "''")}' RETURNING 1`)
      if (!changed.includes('1')) throw new Error('no record was changed')
    },
    async close () {
      await Promise.all([first.stop(), second.stop()])
      await Promise.all([pg.stop(), rd.stop()])
    }
  }
}
