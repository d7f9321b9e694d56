// PostgreSQL and Redis of the tests' own.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, must, run, start, tempDir, until } from './proc.mjs'

const pgBin = () => {
  const root = '/usr/lib/postgresql'
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  if (!versions.length) throw new Error('PostgreSQL is missing: run `make deps`')
  return join(root, versions[0], 'bin')
}

/** A throw-away PostgreSQL with durable commits; { url, stop, restart }. It refuses to run as root, so another user does. */
export const postgres = async () => {
  const bin = pgBin()
  const dir = tempDir('pg')
  const port = await freePort()
  const asUser = process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--']] : [null, []]
  const wrap = (cmd, args) => asUser[0] ? [asUser[0], [...asUser[1], cmd, ...args]] : [cmd, args]
  if (asUser[0]) await must('chown', ['-R', 'postgres', dir])
  const data = join(dir, 'data')
  await must(...wrap(join(bin, 'initdb'), ['-D', data, '-U', 'kasane', '-A', 'trust', '-E', 'UTF8', '--locale=C']), { cwd: dir })
  let child
  const up = async () => {
    child = start(...wrap(join(bin, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', dir]), { cwd: dir })
    await until('PostgreSQL answers', async () => (await run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)])).code === 0, 30000, 100)
  }
  const stop = async () => {
    await run(...wrap(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']), { cwd: dir })
    await child.exited
  }
  await up()
  await must(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'kasane', 'kasane'])
  return {
    url: `postgres://kasane@127.0.0.1:${port}/kasane?sslmode=disable`,
    stop,
    start: up,
    sql: text => must(join(bin, 'psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'kasane', '-d', 'kasane', '-Atc', text])
  }
}

/** A throw-away Redis; { url, stop, start }. */
export const redis = async () => {
  const port = await freePort()
  let child
  const up = async () => {
    child = start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tempDir('redis')])
    await until('Redis answers', async () => (await run('redis-cli', ['-p', String(port), 'ping'])).out.includes('PONG'), 10000, 50)
  }
  await up()
  return { url: `redis://127.0.0.1:${port}/0`, start: up, stop: async () => { child.kill('SIGKILL'); await child.exited } }
}
