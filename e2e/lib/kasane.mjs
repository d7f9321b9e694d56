// The built binary under test.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort, run, start, tempDir, until } from './proc.mjs'

export const binary = process.env.KASANE_BINARY ?? fileURLToPath(new URL('../../bin/kasane', import.meta.url))
if (!existsSync(binary)) throw new Error('bin/kasane is missing: run `make build`')

/** Start `kasane demo` (or serve) and wait until it is ready, or, with `/livez`, until it answers. */
export const kasane = async ({ command = 'demo', data = tempDir('data'), env = {}, port, await: awaited = '/readyz' } = {}) => {
  port ??= await freePort()
  const url = `http://127.0.0.1:${port}`
  const node = { data, url, port }
  node.start = async () => {
    node.child = start(binary, [command, '--addr', `127.0.0.1:${port}`, '--data', data], { env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ...env } })
    let gone = false
    node.child.exited.then(() => { gone = true })
    await until(awaited, async () => {
      if (gone) throw new Error('ended:\n' + node.child.log())
      return (await fetch(url + awaited)).ok
    }, 60000, 50).catch(e => { throw new Error(`${e.message}\n${node.child.log()}`) })
    return node
  }
  node.kill = async (signal = 'SIGKILL') => { node.child.kill(signal); return node.child.exited }
  node.stop = () => node.kill('SIGTERM')
  return node.start()
}

/** `kasane verify`; { code, out, err }. */
export const verify = (data, env = {}) => run(binary, ['verify', '--data', data], { env: { ...process.env, DATABASE_URL: '', REDIS_URL: '', ...env } })
