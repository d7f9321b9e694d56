// Child processes of the tests: started, waited for, and always ended.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const children = new Set()
const folders = new Set()

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
})

/** A free TCP port on loopback. */
export const freePort = () => new Promise((resolve, reject) => {
  const s = createServer()
  s.once('error', reject)
  s.listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => resolve(port)) })
})

/** A temporary folder, removed when the test process ends. */
export const tempDir = name => {
  const dir = mkdtempSync(join(tmpdir(), `kasane-${name}-`))
  chmodSync(dir, 0o755) // PostgreSQL runs as another user
  folders.add(dir)
  return dir
}

/** Start a process; `log` keeps its last output for error messages. */
export const start = (command, args, options = {}) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  children.add(child)
  let log = ''
  const keep = chunk => { log = (log + chunk).slice(-20000) }
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.exited = new Promise(resolve => child.once('exit', (code, signal) => { children.delete(child); resolve({ code, signal }) }))
  child.once('error', error => keep(String(error)))
  child.log = () => log
  return child
}

/** Run to the end; resolves with { code, out, err }. */
export const run = (command, args, options = {}) => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8') // a character may lie across two chunks
  child.stderr.setEncoding('utf8')
  child.stdout.on('data', c => { out += c })
  child.stderr.on('data', c => { err += c })
  child.once('error', reject)
  child.once('close', code => resolve({ code, out, err }))
})

export const must = async (command, args, options) => {
  const r = await run(command, args, options)
  if (r.code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${r.code}\n${r.err}\n${r.out}`)
  return r.out
}

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms))

/** Poll until `check` gives something true; the error says what was awaited. */
export const until = async (what, check, ms = 25000, step = 50) => {
  const end = Date.now() + ms
  let last
  for (;;) {
    try { const v = await check(); if (v) return v; last = v } catch (e) { last = e }
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what} (last: ${last})`)
    await sleep(step)
  }
}
