// Japanese is composed in every text field there is while others write into the same field, move in it, or act in the meeting. Nothing of a
// composition is cut, and nothing anybody wrote is lost. The ways of disturbing are those of frontend/src/test/imeCases.mjs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import * as Y from 'yjs'
import { imeCases, STEPS, TEXT, WORD } from '../../frontend/src/test/imeCases.mjs'
import { person } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { closeDialog, get, press, signIn, tab } from '../lib/room.mjs'
import { openMeeting, smallCase, writePlan, writeRow } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const schema = readFileSync(new URL('../../internal/live/schema.go', import.meta.url), 'utf8')
const [NEED, GOAL, ACTION, EVENT, ROW] = ['e2eneed000001', 'e2egoal000001', 'e2eaction0001', 'e2eevent00001', 'e2eminutes001']

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** What others do to one field: they hold its document open, and wait until the page has heard of each edit. */
class Others {
  constructor (page, key, opened) {
    this.p = page
    this.key = key
    this.provider = opened.provider
    this.text = opened.document.getText(`t:${key}`)
    this.values = opened.document.getMap('v')
    this.opened = opened
  }

  /** Do something and wait until it has reached the page. */
  async do (change) {
    const heard = () => this.p.received.filter(r => r.what === 'frame').length
    const was = heard()
    let moved = false
    const note = () => { moved = true }
    this.opened.document.on('update', note)
    change()
    this.opened.document.off('update', note)
    if (!moved) return
    await until('the page has heard of it', () => heard() > was && this.provider.unsyncedChanges === 0, 10000, 5)
    await sleep(15)
  }

  caret (pos) {
    const anchor = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.text, Math.min(pos, this.text.length)))
    this.provider.awareness.setLocalState({ at: this.key, caret: { key: this.key, anchor } })
  }
}

/** The control that has the focus: what it shows, where the caret goes, and how often a composition began and ended in it. */
const field = p => ({
  shows: () => p.page.evaluate(() => {
    const el = document.activeElement
    return 'value' in el ? el.value : [...el.querySelectorAll('.cm-line')].map(l => l.textContent).join('\n')
  }),
  async select (from, to) {
    const plain = await p.page.evaluate(([a, b]) => {
      const el = document.activeElement
      if (!('value' in el)) return false
      el.setSelectionRange(a, b)
      return true
    }, [from, to])
    if (plain) return
    await p.page.keyboard.press('Control+Home')
    for (let i = 0; i < from; i++) await p.page.keyboard.press('ArrowRight')
    for (let i = from; i < to; i++) await p.page.keyboard.press('Shift+ArrowRight')
    await sleep(30)
  },
  count: () => p.page.evaluate(() => {
    const el = document.activeElement
    const n = { starts: 0, ends: 0 }
    window.composed = n
    el.addEventListener('compositionstart', () => n.starts++)
    el.addEventListener('compositionend', () => n.ends++)
  }),
  counted: () => p.page.evaluate(() => { const n = window.composed; const was = [n.starts, n.ends]; n.starts = n.ends = 0; return was })
})

/** Type the word as an IME does; `between` runs after each step. */
const compose = async (p, between, pause = 0) => {
  const key = type => p.cdp.send('Input.dispatchKeyEvent', { type, windowsVirtualKeyCode: 229, key: 'Process', code: '' })
  for (const [i, text] of STEPS.entries()) {
    await key('rawKeyDown')
    await p.cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await key('keyUp')
    await between(i)
    if (pause) await sleep(pause)
  }
  await key('rawKeyDown')
  await p.cdp.send('Input.insertText', { text: WORD })
  await key('keyUp')
  await sleep(90)
}

/** Set the shared text to the one every case begins with. */
const reset = async (p, others, shown) => {
  await others.do(() => others.opened.document.transact(() => { others.text.delete(0, others.text.length); others.text.insert(0, TEXT) }))
  await until('the field shows the text', async () => (await shown()) === TEXT, 10000, 10)
}

/** All cases in one field, which has the focus. */
const disturb = async (p, name, others) => {
  const f = field(p)
  await f.count()
  for (const c of imeCases) {
    const where = `${name}, ${c.name}`
    await reset(p, others, f.shows)
    await f.select(...c.select ?? [5, 5])
    await compose(p, step => c.carets ? others.caret(step) : others.do(() => c.edit(others.text, step)))
    await until(`${where}: both hold ${c.want}`, async () => others.text.toString() === c.want && (await f.shows()) === c.want, 8000, 10)
      .catch(async e => { throw new Error(`${e.message}: the others have ${others.text}, the field shows ${await f.shows()}`) })
    assert.deepEqual(await f.counted(), [1, 1], `${where}: the composition lived`)
    await p.page.keyboard.press('Control+z')
    const undone = c.undone ?? c.want.replace(WORD, '')
    await until(`${where}: one step back takes the word alone`, () => others.text.toString() === undone, 8000, 10)
      .catch(e => { throw new Error(`${e.message}: the others have ${others.text}`) })
    await p.page.keyboard.press('Control+y')
    await until(`${where}: and brings it back`, () => others.text.toString() === c.want, 8000, 10)
  }
}

/** As slowly as people type: 600 ms a step. One Ctrl+Z takes back the word, and no kana stays. */
const slowly = async (p, name, others) => {
  const f = field(p)
  await reset(p, others, f.shows)
  await f.select(5, 5)
  await compose(p, step => others.do(() => { if (step === 4) others.text.insert(0, '★') }), 600)
  const want = `★${TEXT.slice(0, 5)}${WORD}${TEXT.slice(5)}`
  await until(`${name}: the word is there`, () => others.text.toString() === want)
  await p.page.keyboard.press('Control+z')
  await until(`${name}: the word is gone, whole`, () => others.text.toString() === `★${TEXT}`)
  await p.page.keyboard.press('Control+y')
  await until(`${name}: the word is back`, () => others.text.toString() === want)
}

/** A one-line value that several may set: the composition lives, and what was typed last is what stands. */
const value = async (p, name, others, key, settled) => {
  const f = field(p)
  await f.count()
  for (const [what, change] of [['control', () => {}], ['set by another', step => step === 3 && others.values.set(key, '別の人')], ['set nine times', step => others.values.set(key, `別の人${step}`)]]) {
    await p.page.keyboard.press('Control+a')
    await compose(p, step => others.do(() => change(step)))
    assert.equal(await f.shows(), WORD, `${name}, ${what}: the field belongs to who types`)
    assert.deepEqual(await f.counted(), [1, 1], `${name}, ${what}: the composition lived`)
    await p.page.keyboard.press('Tab')
    await until(`${name}, ${what}: it is stored`, () => others.values.get(key) === WORD)
    await settled()
    await f.count()
  }
}

test('every text of every document, and every way to disturb it', { timeout: 400000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const s = await smallCase(url)
  await writeRow(s)
  await writePlan(s, { v: { [`need/${NEED}/ord`]: 'a0', [`goal/${GOAL}/ord`]: 'a0' }, t: { [`need/${NEED}/text`]: '課題', [`goal/${GOAL}/text`]: '目標' } })
  await openMeeting(s)
  const other = await person(url, 'kaicho')
  const documents = {
    plan: [s.doc, s.meetingId],
    // The long texts that always stand there are those of the household.
    house: [((await s.desk.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)).docs.find(d => !d.personId && d.item === 'basic') ?? { doc: s.doc }).doc, s.meetingId],
    minutes: [(await s.desk.post('/api/docs', { kind: 'minutes', ownerId: s.meetingId, meetingId: s.meetingId, personId: '', item: 'basic' })).doc, s.meetingId],
    family: [(await s.desk.post('/api/docs', { kind: 'section', ownerId: s.caseId, caseId: s.caseId, personId: '', item: 'family' })).doc, ''],
    sheet: [(await s.desk.post('/api/docs', { kind: 'section', ownerId: s.personId, caseId: s.caseId, personId: s.personId, item: 'basic' })).doc, '']
  }
  const open = async (p, which, key) => new Others(p, key, await other.open(documents[which][0], { context: documents[which][1] }))
  const rows = Object.fromEntries(['point', 'speech', 'decision', 'homework', 'local'].map(k => [`${k}/${ROW}/ord`, 'a0']))
  for (const [which, v] of [['minutes', rows], ['family', { [`event/${EVENT}/ord`]: 'a0', [`event/${EVENT}/when`]: '1998' }]]) {
    const o = await s.desk.open(documents[which][0], { context: documents[which][1] })
    o.document.transact(() => { for (const [k, x] of Object.entries(v)) o.document.getMap('v').set(k, x) })
    await until('rows are stored', () => o.provider.unsyncedChanges === 0)
    o.close()
  }

  const sit = async () => {
    const p = await Person.sit(browser, 'desk', url)
    p.page.setDefaultTimeout(20000)
    await signIn(p, 'jimukyoku')
    return p
  }
  const room = async (p, ...tabs) => {
    await p.page.goto(`/meetings/${s.meetingId}`)
    for (const id of tabs) await tab(p, id)
  }
  /** By the key of the shared text: of sections the definition of the form names it. */
  const into = async (p, sel) => { await p.page.locator(sel).first().click() }
  const narrative = async (p, id) => {
    await get(p, id).click()
    await until(`the editor of ${id}`, () => p.page.evaluate(() => document.activeElement?.matches('.cm-content') ?? false))
  }

  const done = []
  const texts = async (p, list) => {
    for (const [which, key, enter] of list) {
      const others = await open(p, which, key)
      await enter()
      await disturb(p, key, others)
      done.push(key.replace(/\/(?:[a-z0-9]{10,})(?=\/)/g, ''))
      others.opened.close()
    }
  }

  const plan = async () => {
    const p = await sit()
    await room(p, 'plan')
    await texts(p, ['wish', 'situation', 'policy', 'risk'].map(f => ['house', f, () => narrative(p, `narrative-${f}`)]))
    const slow = await open(p, 'house', 'policy')
    await narrative(p, 'narrative-policy')
    await slowly(p, 'policy', slow)
    slow.opened.close()
    await p.page.locator('body').press('Escape')
    await p.leave()
  }
  const listed = async () => {
    const p = await sit()
    await room(p, 'plan', 'rows')
    await texts(p, [[NEED, 'need'], [GOAL, 'goal'], [ACTION, 'action']].map(([id, kind]) => ['plan', `${kind}/${id}/text`, () => into(p, `[data-testid=${kind}-1-text]`)]))
    const slow = await open(p, 'plan', `need/${NEED}/text`)
    await into(p, '[data-testid=need-1-text]')
    await slowly(p, 'need', slow)
    slow.opened.close()
    await tab(p, 'matrix')
    const cell = `cell/${ACTION}/${s.helper.agency}`
    await press(p, `cell-1-${s.helper.agency}`)
    await get(p, 'cell-dialog').waitFor()
    await texts(p, ['content', 'limits'].map(f => ['plan', `${cell}/${f}`, () => into(p, `[data-testid=cell-${f}]`)]))
    for (const f of ['who', 'freq']) {
      const others = await open(p, 'plan', `${cell}/${f}`)
      await into(p, `[data-testid=cell-${f}]`)
      await value(p, f, others, `${cell}/${f}`, () => into(p, `[data-testid=cell-${f}]`))
      others.opened.close()
    }
    await p.leave()
  }
  const minutes = async () => {
    const p = await sit()
    await room(p, 'minutes')
    await texts(p, ['title', 'content', 'conclusion', 'remaining'].map(f => ['minutes', `point/${ROW}/${f}`, () => into(p, `[data-testid=point-1-${f}]`)]))
    await texts(p, ['speech', 'decision', 'homework', 'local'].map(k => ['minutes', `${k}/${ROW}/text`, () => into(p, `[data-testid=${k}-1-text]`)]))
    await p.leave()
  }
  const household = async () => {
    const p = await sit()
    await p.page.goto(`/cases/${s.caseId}/household`)
    await press(p, `event-${EVENT}`)
    await texts(p, [['family', `event/${EVENT}/text`, () => into(p, '[data-testid=event-text]')]])
    await press(p, 'row-done')
    for (const [name, kind] of [['genogram', 'kin'], ['ecomap', 'link']]) {
      await tab(p, name)
      await press(p, `add-${kind}`)
      const key = await get(p, `${kind}-text`).getAttribute('data-key')
      await texts(p, [['family', key, () => into(p, `[data-testid=${kind}-text]`)]])
      await press(p, 'row-done')
    }
    await p.page.goto(`/cases/${s.caseId}`)
    await press(p, `section-${s.personId}-basic`)
    const key = await p.page.locator('[data-testid=section-dialog] textarea[data-key]').first().getAttribute('data-key')
    await texts(p, [['sheet', key, () => into(p, `[data-testid=section-dialog] textarea[data-key="${key}"]`)]])
    await p.leave()
  }
  /** The 準備シート is written by one agency alone: two of its people. */
  const prepared = async () => {
    const draft = await smallCase(url, { name: '試験 次郎' })
    const p = await Person.sit(browser, 'houkatsu', url)
    p.page.setDefaultTimeout(20000)
    await signIn(p, 'houkatsu')
    await p.page.goto(`/meetings/${draft.meetingId}`)
    await press(p, 'prep-go')
    await press(p, 'prep-begin')
    await get(p, 'prep-household-basic-picture').waitFor()
    const { sheets } = await draft.helper.get(`/api/meetings/${draft.meetingId}/prep`)
    const { doc } = sheets.find(x => x.own).docs.find(d => d.doc && !d.personId)
    for (const key of ['picture', 'work', 'involve', 'ask']) {
      const others = new Others(p, key, await draft.helper.open(doc, { context: draft.meetingId }))
      await narrative(p, `prep-household-basic-${key}`)
      await disturb(p, `準備シート ${key}`, others)
      done.push(key)
      others.opened.close()
    }
    await p.leave()
  }
  await Promise.all([plan(), listed(), minutes(), household(), prepared()])

  /** Every text the schema knows was here; of a form one field stands for all, they are drawn by one component. */
  const known = [...schema.matchAll(/^var (?:plan|prep)Texts = map\[string\]int\{(.*)\}/gm)].flatMap(m => [...m[1].matchAll(/"(\w+)"/g)].map(x => x[1]))
  for (const rows of schema.matchAll(/^var \w+ = map\[string\]rowKind\{\n([\s\S]*?)^\}/gm)) {
    for (const entry of rows[1].split(/^\t(?=")/m)) {
      const [, names = ''] = /texts: map\[string\]int\{(.*?)\}/s.exec(entry) ?? []
      for (const [, name] of names.matchAll(/"(\w+)"/g)) known.push(`${/\w+/.exec(entry)[0]}/${name}`)
    }
  }
  known.push(...[...schema.matchAll(/^var cellTexts = map\[string\]int\{(.*)\}/gm)].flatMap(m => [...m[1].matchAll(/"(\w+)"/g)].map(x => `cell/${x[1]}`)))
  assert.ok(known.length >= 18, `texts of the schema: ${known}`)
  const here = new Set(done.map(k => k.split('/').filter((_, i, all) => i === 0 || i === all.length - 1).join('/')))
  assert.deepEqual(known.filter(k => !here.has(k)), [], 'texts of internal/live/schema.go in which nobody composed')
  assert.ok([...here].some(k => k.startsWith('f/')), 'a field of a form')
})

test('what others do in the meeting cuts no composition in a form', { timeout: 200000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const s = await smallCase(stage.urls[0])
  await writeRow(s)
  await openMeeting(s)
  const p = await Person.sit(browser, 'desk', s.url)
  p.page.setDefaultTimeout(20000)
  await signIn(p, 'jimukyoku')
  await p.page.goto(`/meetings/${s.meetingId}`)
  await get(p, 'room').waitFor()

  let n = 0
  /** A hand, a note, and the moves of the chair, each of which draws the whole room anew. */
  const busy = async step => {
    if (step === 1) await s.act(s.helper, 'hand', { up: n++ % 2 === 0, kind: 'ask' })
    if (step === 3) await s.act(s.helper, 'note', { kind: 'park', text: `保留${n}`, item: 'basic' })
    if (step === 5) await s.act(s.chair, 'show', { tab: n % 2 ? 'course' : 'minutes' })
    if (step === 5) await sleep(250)
  }
  const typed = async (name, sel) => {
    await p.page.locator(sel).first().click()
    const f = field(p)
    await f.count()
    await p.page.keyboard.press('Control+a')
    await compose(p, busy)
    assert.equal(await f.shows(), WORD, name)
    assert.deepEqual(await f.counted(), [1, 1], `${name}: the composition lived`)
  }
  const byId = id => `[data-testid=${id}]`

  await typed('next-agenda', byId('next-agenda'))
  await press(p, 'agenda-add')
  await typed('agenda-new-title', byId('agenda-new-title'))
  await typed('agenda-new-point', byId('agenda-new-point'))
  await press(p, 'agenda-add')
  await press(p, 'tool-local')
  await typed('note-text', byId('note-text'))
  await closeDialog(p)
  await s.act(s.chair, 'sense')
  await typed('the note of 感触確認', `${byId('sense')} input`)
  await tab(p, 'people')
  await press(p, 'add-attendee')
  await typed('attendance-name', byId('attendance-name'))
  await typed('attendance-kana', byId('attendance-kana'))
  await closeDialog(p)
  await press(p, 'invite')
  await typed('guest-name', byId('guest-name'))
  await closeDialog(p)

  // the answer to the plan, and the word on the minutes
  const view = await s.helper.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)
  const { action } = view.matrix.rows[0]
  await s.act(s.helper, 'role', { doc: s.doc, actionId: action.id, answer: 'accept', cellHash: action.cells.find(c => c.column === s.helper.agency).hash })
  await s.act(s.chair, 'freeze')
  await tab(p, 'course')
  await press(p, 'seat-answer-object')
  for (const id of ['seat-reason', 'seat-part', 'seat-instead']) await typed(id, byId(id))
})
