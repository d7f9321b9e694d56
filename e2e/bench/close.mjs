// How long 閉会 takes: 15 people, 10 rows. Timed is the one request that freezes the documents, prints and seals the plan and the role matrix, and stores the
// minutes as version 案 with their hash. No test: a figure for docs/performance.md.
//   node bench/close.mjs [runs]
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { crowd } from '../lib/crowd.mjs'
import { alone, twoNodes } from '../lib/stage.mjs'

const RUNS = Number(process.argv[2] ?? 5)
const ROWS = 10
const MOST = 5000

/** Every ◎ is taken, everybody agrees: ready for 閉会. */
const agreed = async room => {
  const view = await room.desk.get(`/api/plans/${room.planId}?meeting=${room.id}`)
  for (const { action } of view.matrix.rows) {
    for (const cell of action.cells) {
      const who = room.people.find(p => p.agency === cell.column)
      if (who) await who.act(room.id, 'role', { doc: room.doc, actionId: action.id, answer: 'accept', cellHash: cell.hash })
    }
  }
  await room.chair.act(room.id, 'freeze')
  const { frozen, agenda } = await room.chair.get(`/api/meetings/${room.id}`)
  for (const who of room.people) await who.act(room.id, 'answer', { hash: frozen.hash, answer: 'agree' })
  await room.chair.act(room.id, 'decide', { outcome: 'agreed' })
  for (const a of agenda) await room.desk.act(room.id, 'agenda_state', { id: a.id, state: 'resolved' })
}

const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]
console.log(`${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${cpus().length} cores of ${model}, node ${process.version}; load average ${loadavg().map(n => n.toFixed(2)).join(' ')}; ${RUNS} runs`)
for (const stage of [alone, twoNodes]) {
  const s = await stage()
  const times = []
  for (let i = 0; i < RUNS; i++) {
    const room = await crowd(s.urls[0], ROWS)
    await agreed(room)
    const begun = performance.now()
    const after = await room.chair.act(room.id, 'close')
    times.push(performance.now() - begun)
    assert.equal(after.status, 'closed', JSON.stringify(after.blockers))
    assert.deepEqual(after.records.map(r => r.kind).sort(), ['matrix', 'plan'], 'both are sealed')
    assert.match(after.minutes.hash, /^[0-9a-f]{64}$/, 'the minutes have a hash')
    for (const r of after.records) {
      const file = await room.desk.request('GET', `/api/archive/${r.id}/file`, undefined, { raw: true })
      assert.equal(createHash('sha256').update(Buffer.from(await file.arrayBuffer())).digest('hex'), r.sha256, `${r.kind} is the file of its hash`)
    }
  }
  await s.close()
  times.sort((a, b) => a - b)
  console.log(`${s.name}: 閉会 with ${ROWS} rows and 15 people: median ${Math.round(times[times.length >> 1])} ms, longest ${Math.round(times.at(-1))} ms${times.at(-1) > MOST ? ` — more than ${MOST}` : ''}`)
}
process.exit()
