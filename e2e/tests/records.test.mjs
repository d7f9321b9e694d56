// The records desk: 原本照合 in the browser and over HTTP, with the papers of a meeting that was held.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { binary, kasane } from '../lib/kasane.mjs'
import { run, tempDir } from '../lib/proc.mjs'
import { get, isoDay, signIn } from '../lib/room.mjs'
import { agree, confirmAll, openMeeting, smallCase, writeMinutes, writeRow } from '../lib/small.mjs'

const alone = { ...process.env, DATABASE_URL: '', REDIS_URL: '' }
/** This 年度. */
const fiscalYear = () => { const [y, m] = isoDay(0).split('-').map(Number); return m < 4 ? y - 1 : y }

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** A meeting from its opening to its sealed papers. */
const sealed = async url => {
  const s = await smallCase(url)
  await writeRow(s)
  await openMeeting(s)
  await agree(s)
  await s.act(s.chair, 'close')
  await confirmAll(s)
  await s.act(s.chair, 'final')
  return s
}

const shot = async (p, name) => {
  const to = process.env.KASANE_SHOTS
  if (to) await p.page.screenshot({ path: join(to, `${name}.png`), fullPage: true })
}

test('the records desk', { timeout: 240000 }, async t => {
  const node = await kasane()
  t.after(() => node.stop())
  const s = await sealed(node.url)
  const api = await person(node.url, 'kiroku')
  const { records } = await api.get('/api/archive')
  const mine = records.filter(r => r.caseNumber === s.number)
  const file = async r => Buffer.from(await (await api.request('GET', `/api/archive/${r.id}/file`, undefined, { raw: true })).arrayBuffer())
  const folder = tempDir('papers')
  const keep = (name, bytes) => { const to = join(folder, name); writeFileSync(to, bytes); return to }

  const keeper = await Person.sit(browser, '文書担当', node.url)
  t.after(() => keeper.leave())
  await signIn(keeper, 'kiroku')
  await keeper.page.goto(`${node.url}/archive`)
  await get(keeper, 'archive-list').waitFor()

  await t.test('a copy for the person, and one with parts blacked out by keyboard', async () => {
    const minutes = mine.find(r => r.kind === 'minutes')
    await get(keeper, `copies-${minutes.number}`).click()
    const taken = async id => { const [d] = await Promise.all([keeper.page.waitForEvent('download'), get(keeper, id).click()]); return d.path() }
    await get(keeper, 'copy-kind').selectOption('given')
    await get(keeper, 'copy-purpose').fill('本人に渡す')
    assert.match(execFileSync('pdftotext', ['-raw', await taken('copy-make'), '-'], { encoding: 'utf8' }), /本人交付版/)
    await get(keeper, 'copy-kind').selectOption('redacted')
    const field = keeper.page.getByRole('textbox', { name: '場所：文面' })
    await field.focus()
    await keeper.page.keyboard.press('Control+a')
    await keeper.page.getByRole('button', { name: '場所：選んだ文字を黒塗り' }).click()
    assert.equal(await get(keeper, 'redact-count').textContent(), '黒塗り 1か所')
    await get(keeper, 'copy-purpose').fill('開示請求')
    const text = execFileSync('pdftotext', ['-raw', await taken('copy-make'), '-'], { encoding: 'utf8' })
    assert.match(text, /不開示とした部分/)
    assert.doesNotMatch(text, /会議室/)
    await get(keeper, 'copy-list').getByRole('row').nth(2).waitFor()
    assert.match(await get(keeper, 'copy-list').innerText(), /本人　/)
    await keeper.page.reload()
    await get(keeper, 'copy-kind').selectOption('redacted')
    await get(keeper, 'copy-purpose').fill('開示請求')
    await get(keeper, 'redact').waitFor()
    if ((await get(keeper, 'redact-count').textContent()) !== '黒塗り 0か所') await keeper.page.getByRole('button', { name: 'すべて取り消す' }).click()
    await get(keeper, 'copy-make').click()
    await keeper.page.getByText('黒塗りが1か所もありません').waitFor()
    await get(keeper, 'copy-unmarked').check()
    await get(keeper, 'copy-unmarked-why').fill('全部開示の決定')
    await shot(keeper, 'copy-unmarked')
    await taken('copy-make')
    await keeper.page.getByText('開示請求（隠す所なし：全部開示の決定）').waitFor()
    await get(keeper, 'copy-kind').selectOption('anonymous')
    await get(keeper, 'doubts').waitFor()
    if (await get(keeper, 'doubt-looked').count()) {
      await get(keeper, 'copy-make').click()
      await keeper.page.getByText('かもしれない言葉が').waitFor()
      await get(keeper, 'doubts').getByRole('button', { name: /をすべて置き換える/ }).first().click()
      await get(keeper, 'doubt-looked').check()
    }
    await shot(keeper, 'copy-anonymous')
    const nobody = execFileSync('pdftotext', ['-raw', await taken('copy-make'), '-'], { encoding: 'utf8' })
    assert.match(nobody, /匿名版/)
    assert.doesNotMatch(nobody, /\d+月\d+日/)
    await keeper.page.goto(`${node.url}/archive`)
    await get(keeper, 'archive-list').waitFor()
  })

  await t.test('numbers have no gap', () => {
    const taken = records.filter(r => r.id).map(r => Number(r.number.slice(-4))).sort((a, b) => a - b)
    assert.deepEqual(taken, taken.map((_, i) => i + 1))
    assert.equal(mine.length, 3)
  })

  await t.test('原本照合', async () => {
    const plan = mine.find(r => r.kind === 'plan')
    const bytes = await file(plan)
    assert.equal(createHash('sha256').update(bytes).digest('hex'), plan.sha256)
    const changed = Buffer.from(bytes)
    changed[bytes.length >> 1] ^= 1
    await get(keeper, 'tab-match').click()
    const sent = []
    keeper.page.on('request', r => { if (r.url().includes('/api/archive/match')) sent.push(r.postData()) })
    const hold = async (path, outcome) => {
      await get(keeper, 'match-file').setInputFiles(path)
      const result = get(keeper, `match-${outcome}`)
      await result.waitFor()
      return result.innerText()
    }
    assert.ok((await hold(keep('原本.pdf', bytes), 'latest')).includes(plan.number))
    await shot(keeper, 'match-latest')
    assert.ok((await hold(keep('変えた.pdf', changed), 'altered')).includes(plan.number))
    await shot(keeper, 'match-altered')
    await hold(keep('他所.pdf', Buffer.from('%PDF-1.7\n')), 'unknown')
    assert.equal(sent.length, 3)
    for (const body of sent) assert.ok(body.length < 200, 'the file does not leave the browser')
    const draft = await s.desk.request('GET', `/api/meetings/${s.meetingId}/minutes/1.pdf`, undefined, { raw: true })
    assert.ok((await hold(keep('案.pdf', Buffer.from(await draft.arrayBuffer())), 'draft')).includes('最新の版'))
    await shot(keeper, 'match-draft')
  })

  await t.test('full text: a word that stands in the papers only', async () => {
    await get(keeper, 'tab-records').click()
    await get(keeper, 'archive-search').fill('週１回訪問')
    await keeper.page.keyboard.press('Enter')
    await keeper.page.getByRole('status').getByText(/^3件$/).waitFor()
    await shot(keeper, 'search')
    const found = (await api.post('/api/archive/search', { q: '週１回訪問' })).records // stored as 週1回訪問する
    assert.deepEqual(found.map(r => [r.kind, r.caseNumber]).sort(), ['matrix', 'minutes', 'plan'].map(k => [k, s.number]))
    assert.equal((await api.post('/api/archive/search', { q: 'どこにもないことば' })).records.length, 0)
    assert.equal((await s.helper.post('/api/archive/search', { q: '週1回訪問' }).catch(e => e)).status, 403)
  })

  await t.test('保存期間: the table, 延長, several holds at once, by the keyboard and the mouse', async () => {
    await get(keeper, 'tab-keep').click()
    await get(keeper, 'class-table').waitFor()
    await shot(keeper, 'keep')
    await get(keeper, 'edit-classes').click()
    await get(keeper, 'class-editor').waitFor()
    await shot(keeper, 'classes')
    await get(keeper, 'class-years-minutes').fill('10')
    await get(keeper, 'class-rule-case').selectOption('case_end')
    await get(keeper, 'class-source-minutes').check()
    await shot(keeper, 'classes-edit')
    await get(keeper, 'save-classes').click()
    await keeper.page.getByText('PDF/A-3a（元データ付き）').waitFor()
    await shot(keeper, 'classes-saved')
    await get(keeper, 'class-table').getByText('10年').first().waitFor()
    const { version, classes } = await api.get('/api/archive/classes')
    assert.equal(version, 1)
    assert.deepEqual(classes.filter(c => c.kinds.length).map(c => [c.id, c.years, c.rule]), [['minutes', 10, 'fiscal'], ['case', 5, 'case_end'], ['disposal', 0, 'permanent']])
    await get(keeper, 'tab-records').click()
    const plan = mine.find(r => r.kind === 'plan')
    await get(keeper, `keeping-${plan.number}`).click()
    await get(keeper, 'keeping-dialog').waitFor()
    for (const why of ['開示請求（R8-12号）', '監査']) {
      await get(keeper, 'hold-reason').fill(why)
      await get(keeper, 'hold').click()
      await get(keeper, 'holds').getByText(why).waitFor()
    }
    await get(keeper, 'lift').first().click()
    await get(keeper, 'lift-reason').fill('開示が終わった')
    await get(keeper, 'lift-go').click()
    await get(keeper, 'holds').getByText('開示が終わった').waitFor()
    await get(keeper, 'extend-until').fill('R20.3.31')
    await get(keeper, 'extend-reason').fill('訴訟に備える')
    await get(keeper, 'extend').click()
    await get(keeper, 'keeping-dialog').getByText('訴訟に備える').waitFor()
    await shot(keeper, 'keeping')
    await get(keeper, 'dialog-close').click()
    const now = (await api.get('/api/archive')).records.find(r => r.id === plan.id)
    assert.deepEqual([now.held, now.extended, now.expiresOn, now.expired], [1, true, '2038-03-31', false])
    await api.refused('POST', '/api/disposals', { records: [plan.id], method: '消去', reason: 'x' }, 409, /満了していません/)
    const next = await sealed(node.url) // what is sealed now follows the table; what was sealed does not
    const later = (await api.get('/api/archive')).records.filter(r => r.caseNumber === next.number)
    assert.deepEqual(later.map(r => [r.kind, r.retention, r.waiting]).sort(), [['matrix', '5年', true], ['minutes', '10年', false], ['plan', '5年', true]])
    assert.equal((await api.post('/api/archive/verify', { id: '' })).ok, true)
  })

  await t.test('訂正: begun at the desk by keyboard, written in the meeting, sealed as 第2版 beside the first', async () => {
    const first = mine.find(r => r.kind === 'minutes')
    const bytes = await file(first)
    await get(keeper, 'tab-records').click()
    await get(keeper, 'archive-search').fill(first.number)
    await keeper.page.keyboard.press('Enter')
    await keeper.page.getByRole('status').getByText(/^1件$/).waitFor()
    await get(keeper, `correct-${first.number}`).focus()
    await keeper.page.keyboard.press('Enter')
    await get(keeper, 'correct-dialog').waitFor()
    await get(keeper, 'correct-reason').fill('訪問の曜日の誤り')
    await shot(keeper, 'correct')
    await get(keeper, 'correct-go').focus()
    await keeper.page.keyboard.press('Enter')
    await get(keeper, 'correct-begun').waitFor()
    await get(keeper, 'archive-list').getByText('訂正中').waitFor()
    await shot(keeper, 'correcting')
    await writeMinutes(s, '火曜に訪問することを確かめた。')
    await confirmAll(s)
    await s.act(s.chair, 'final')
    await get(keeper, 'archive-search').fill(first.number)
    await keeper.page.keyboard.press('Enter')
    await get(keeper, 'archive-list').getByText('第2版で訂正されています').waitFor()
    await shot(keeper, 'corrected')
    const both = (await api.get('/api/archive')).records.filter(r => r.number === first.number)
    const second = both.find(r => r.version === 2)
    assert.deepEqual([both.length, both.find(r => r.version === 1).correctedBy, second.correctedBy, second.mayCorrect], [2, 2, 0, true])
    assert.ok(bytes.equals(await file(first)), 'the first version has its bytes')
    const text = execFileSync('pdftotext', ['-raw', keep('第2版.pdf', await file(second)), '-'], { encoding: 'utf8' })
    for (const has of [/訂正履歴/, /訪問の曜日の誤り/, /火曜に訪問/, /決定事項№1（追加）/]) assert.match(text.replaceAll(/\s/g, ''), has)
    await get(keeper, `keeping-${first.number}`).first().click()
    await get(keeper, 'versions').getByText('最新の版').waitFor()
    await shot(keeper, 'versions')
    await get(keeper, 'dialog-close').click()
    assert.equal((await api.post('/api/archive/verify', { id: '' })).ok, true)
  })

  await t.test('引渡し: from the screen and by the command, checked with sha256sum and qpdf alone', async () => {
    await get(keeper, 'tab-package').click()
    await get(keeper, 'package-go').click()
    await get(keeper, 'package-take').waitFor()
    const [download] = await Promise.all([keeper.page.waitForEvent('download'), get(keeper, 'package-take').click()])
    const zip = keep('package.zip', '')
    await download.saveAs(zip)
    await get(keeper, 'package-taken').waitFor()
    await shot(keeper, 'package')
    const out = tempDir('packages')
    const exported = await run(binary, ['export', '--data', node.data, '--out', out, '--year', String(fiscalYear())], { env: alone }) // beside the running server
    assert.equal(exported.code, 0, exported.err)
    const [name] = readdirSync(out)
    const bag = join(out, name)
    assert.ok(readdirSync(bag).includes('README.ja.txt'))
    for (const m of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) execFileSync('sha256sum', ['--strict', '-c', m], { cwd: bag, stdio: 'pipe' })
    const pdfs = readdirSync(join(bag, 'data/pdf'))
    assert.ok(pdfs.length >= 7, pdfs.join(' '))
    for (const f of pdfs) assert.ok(!execFileSync('qpdf', ['--check', join(bag, 'data/pdf', f)]).toString().includes('WARNING'), f)
    const [corrected] = pdfs.filter(p => p.endsWith('_会議録_v2.pdf')) // sealed after its 文書分類 was set to PDF/A-3a: the content is inside, byte by byte
    const source = keep('content.json', '')
    execFileSync('pdfdetach', ['-save', '1', '-o', source, join(bag, 'data/pdf', corrected)])
    const kept = readdirSync(join(bag, 'data/content')).filter(c => c.endsWith('_v2.json')).map(c => readFileSync(join(bag, 'data/content', c)))
    assert.ok(kept.length === 1 && kept[0].equals(readFileSync(source)), 'the source of the correction')
    assert.match(execFileSync('pdfdetach', ['-list', join(bag, 'data/pdf', pdfs.find(p => p.endsWith('_会議録_v1.pdf')))]).toString(), /0 embedded/)
    const key = (await run(binary, ['audit-key', '--data', node.data], { env: alone })).out.match(/[A-Za-z0-9+/]{43}=/)[0]
    for (const path of [bag, zip]) {
      const checked = await run(binary, ['verify', '--package', path, '--key', key], { env: alone })
      assert.equal(checked.code, 0, checked.out + checked.err)
    }
    const pdf = join(bag, 'data/pdf', pdfs[0])
    const bytes = readFileSync(pdf)
    bytes[bytes.length >> 1] ^= 1
    writeFileSync(pdf, bytes)
    assert.throws(() => execFileSync('sha256sum', ['--strict', '-c', 'manifest-sha256.txt'], { cwd: bag, stdio: 'pipe' }))
    const bad = await run(binary, ['verify', '--package', bag, '--key', key], { env: alone })
    assert.equal(bad.code, 1)
    assert.ok(bad.out.includes(pdfs[0]), bad.out)
    await node.stop() // and without the server
    const again = await run(binary, ['export', '--data', node.data, '--out', join(out, 'again'), '--zip'], { env: alone })
    assert.equal(again.code, 0, again.err)
    const [only] = readdirSync(join(out, 'again'))
    assert.equal((await run(binary, ['verify', '--package', join(out, 'again', only), '--key', key], { env: alone })).code, 0)
    assert.equal((await run(binary, ['export', '--data', node.data, '--out', out, '--year', String(fiscalYear())], { env: alone })).code, 1, 'a folder in use')
  })
})
