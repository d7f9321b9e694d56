// Signing in as an office does it, in a real browser: an authenticator app, a passkey, a desk that was left, a lost tablet, the rules, the lobby.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { Client } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'
import { freePort, until } from '../lib/proc.mjs'

const PASSWORD = 'つゆくさの咲く道12'

/** What an authenticator app shows (RFC 6238), written from the standard. */
function appCode (secret, at = Date.now()) {
  let bits = ''
  for (const c of secret.replaceAll(' ', '')) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0')
}

/** A municipality of its own with its first administrator. */
async function office (t) {
  const node = await kasane({ command: 'serve' })
  t.after(() => node.kill())
  node.url = node.url.replace('127.0.0.1', 'localhost') // passkeys belong to names
  const code = /セットアップコード[^0-9A-Z]*([0-9A-Z-]{6,})/.exec(node.child.log())[1]
  const admin = new Client(node.url)
  await admin.post('/api/setup', { municipality: '試験市', agency: '福祉総合相談課', name: '𠮷田 髙子', kana: 'よしだ たかこ', login: 'admin', password: PASSWORD, code })
  const [city] = (await admin.get('/api/agencies')).agencies
  return { node, admin, city, user: (login, name, roles, agencyId = city.id) => admin.post('/api/users', { agencyId, login, name, kana: '', post: '', roles, password: PASSWORD }) }
}

/** Fills a field found by its test id, by keyboard. */
async function fill (page, id, text) {
  await page.getByTestId(id).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

async function press (page, id) {
  await page.getByTestId(id).focus()
  await page.keyboard.press('Enter')
}

async function signIn (page, login, password = PASSWORD) {
  await fill(page, 'login', login)
  await fill(page, 'password', password)
  await page.keyboard.press('Enter')
}

test('an app, codes on paper, a passkey: by keyboard', async t => {
  const { node, user } = await office(t)
  await user('tanaka', '髙橋 𠮷郎', ['secretariat'])
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'tanaka', node.url)
  const { page } = p
  await page.goto('/account')
  await signIn(page, 'tanaka')
  await page.getByTestId('who').waitFor()
  await page.goto('/account')
  await press(page, 'factor-add-totp')
  const secret = await page.getByTestId('totp-secret').textContent()
  await fill(page, 'totp-name', '公用携帯')
  await fill(page, 'totp-code', '000000')
  await page.keyboard.press('Enter')
  await page.getByText('コードが違います').waitFor()
  await p.shot('signin-app')
  assert.equal(await page.getByTestId('totp-name').inputValue(), '公用携帯', 'nothing typed is lost')
  await fill(page, 'totp-code', appCode(secret))
  await page.keyboard.press('Enter')
  await page.getByTestId('codes').waitFor()
  const codes = await page.getByTestId('codes').locator('code').allTextContents()
  assert.equal(codes.length, 10)
  await p.shot('signin-codes')
  await press(page, 'codes-kept')
  await page.getByTestId('factor-list').getByText('公用携帯', { exact: true }).waitFor()
  await p.shot('signin-account')

  await press(page, 'sign-out')
  await signIn(page, 'tanaka')
  await page.getByTestId('second-step').waitFor()
  await p.shot('signin-second')
  assert.equal((await page.request.get('/api/cases')).status(), 401, 'the password alone opens nothing')
  await fill(page, 'second-code', '123456')
  await page.keyboard.press('Enter')
  await page.getByText('コードが違います').waitFor()
  await fill(page, 'second-code', codes[0].toUpperCase())
  await page.keyboard.press('Enter')
  await page.getByTestId('who').waitFor()

  // a passkey of this PC, verified by its owner
  const auth = await p.cdp.send('WebAuthn.enable').then(() => p.cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } }))
  await page.goto('/account')
  await press(page, 'factor-add-passkey')
  await fill(page, 'passkey-name', '窓口のPC')
  await page.keyboard.press('Enter')
  await page.getByTestId('factor-list').getByText('窓口のPC', { exact: true }).waitFor()
  await press(page, 'sign-out')
  await press(page, 'sign-in-passkey')
  await page.getByTestId('who').waitFor()
  assert.match(await page.getByTestId('who').textContent(), /髙橋 𠮷郎/)

  // also as the second step; and a passkey whose owner is not verified opens nothing
  await press(page, 'sign-out')
  await signIn(page, 'tanaka')
  await press(page, 'second-passkey')
  await page.getByTestId('who').waitFor()
  await press(page, 'sign-out')
  await p.cdp.send('WebAuthn.setUserVerified', { authenticatorId: auth.authenticatorId, isUserVerified: false })
  await press(page, 'sign-in-passkey')
  await page.getByTestId('signin-error').waitFor()
  await p.cdp.send('WebAuthn.setUserVerified', { authenticatorId: auth.authenticatorId, isUserVerified: true })
  await press(page, 'sign-in-passkey')
  await page.getByTestId('who').waitFor()

  // taken away: it opens nothing any more
  await page.goto('/account')
  await press(page, 'factor-remove-passkey')
  await fill(page, 'confirm-password', PASSWORD)
  await press(page, 'confirm-go')
  await until('one factor less', async () => !(await page.getByTestId('factor-list').textContent()).includes('窓口のPC'))
  await press(page, 'sign-out')
  await press(page, 'sign-in-passkey')
  await page.getByTestId('signin-error').waitFor()
  assert.deepEqual(p.errors.filter(e => !/401|422|Failed to load resource/.test(e)), [])
})

test('a desk that was left is covered, with what was typed under it; an end from elsewhere; one role must have an app', async t => {
  const { node, admin, user } = await office(t)
  await user('desk', '渡邉 一', ['secretariat', 'city'])
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'desk', node.url)
  const { page } = p
  await page.goto('/')
  await signIn(page, 'desk')
  await page.getByTestId('who').waitFor()
  await page.goto('/cases/new')
  const field = page.locator('main input.input').first()
  await field.focus()
  await page.keyboard.insertText('まだ保存していない文')
  // the clock of the page goes on by six minutes and nobody touches anything
  await page.evaluate(() => { const now = Date.now; Date.now = () => now() + 6 * 60_000 })
  await page.getByTestId('lock-screen').waitFor({ timeout: 15000 })
  await p.shot('signin-locked')
  assert.equal(await field.isVisible(), false)
  await until('the server knows', async () => (await page.request.get('/api/cases')).status() === 401)
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'lock-secret', 'the keyboard is in the lock')
  await fill(page, 'lock-secret', 'wrong')
  await page.keyboard.press('Enter')
  await page.getByText('パスワードが違います').waitFor()
  await fill(page, 'lock-secret', PASSWORD)
  await page.keyboard.press('Enter')
  await field.waitFor()
  assert.equal(await field.inputValue(), 'まだ保存していない文')

  // another tab of the same browser is covered with it, and a page opened now finds the lock
  const other = await p.context.newPage()
  await other.goto('/cases')
  await other.getByTestId('who').waitFor()
  await press(page, 'lock-now')
  await other.getByTestId('lock-screen').waitFor()
  const third = await p.context.newPage()
  await third.goto('/cases')
  await third.getByTestId('lock-screen').waitFor()
  await fill(other, 'lock-secret', PASSWORD)
  await other.keyboard.press('Enter')
  await field.waitFor()
  await third.close()
  await other.close()

  // a tablet that was lost: ended from the desk
  const tablet = new Client(node.url)
  await tablet.post('/api/session', { login: 'desk', password: PASSWORD })
  await page.goto('/account')
  await page.getByTestId('session-list').getByText('不明な端末').waitFor()
  await press(page, 'sessions-end')
  await until('ended', async () => (await tablet.get('/api/session')).state === 'signed_out')
  assert.equal((await page.request.get('/api/account')).status(), 200)

  // the rule: 事務局 needs a second factor from now on
  const chief = await Person.sit(browser, 'admin', node.url)
  await chief.page.goto('/admin/rules')
  await signIn(chief.page, 'admin')
  await chief.page.getByTestId('who').waitFor()
  await chief.page.goto('/admin/rules')
  await fill(chief.page, 'rule-idleLockMinutes', '九十')
  await press(chief.page, 'rules-save')
  await chief.page.getByText('離席ロックまでの時間は').first().waitFor()
  await fill(chief.page, 'rule-idleLockMinutes', '１０')
  await chief.page.getByTestId('rule-role-secretariat').focus()
  await chief.page.keyboard.press('Space')
  await press(chief.page, 'rules-save')
  await chief.page.getByTestId('rules-saved').waitFor()
  await chief.shot('signin-rules', { fullPage: true })
  assert.equal((await admin.get('/api/sign-in-rules')).idleLockMinutes, 10)
  await press(page, 'sign-out')
  await signIn(page, 'desk')
  await page.getByTestId('enrol').waitFor()
  await press(page, 'add-totp')
  const secret = await page.getByTestId('totp-secret').textContent()
  await p.shot('signin-enrol')
  await fill(page, 'totp-code', appCode(secret))
  await page.keyboard.press('Enter')
  await press(page, 'codes-kept')
  await page.getByTestId('who').waitFor()
})

/** A real OpenID provider on loopback with the people given: { login: { sub, amr } }. Its own form asks for the login. */
async function provider (t, people, client) {
  const { default: Provider } = await import('oidc-provider')
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const oidc = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirect], post_logout_redirect_uris: [client.home], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => people[id] && { accountId: people[id].sub, claims: () => ({ sub: people[id].sub, preferred_username: id }) },
    cookies: { keys: ['k'] }
  })
  const server = oidc.listen(port, '127.0.0.1')
  t.after(() => { server.closeAllConnections(); server.close() })
  return issuer
}

test('the sign-in service of the municipality, a real one', async t => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const client = { id: 'kasane', secret: 'a secret of the service', redirect: `${origin}/api/oidc/callback`, home: `${origin}/` }
  const issuer = await provider(t, { tanaka: { sub: 'tanaka' }, stranger: { sub: 'stranger' } }, client)
  const node = await kasane({ command: 'serve', port, env: { KASANE_OIDC_ISSUER: issuer, KASANE_OIDC_CLIENT_ID: client.id, KASANE_OIDC_CLIENT_SECRET: client.secret, KASANE_PUBLIC_URL: origin } })
  t.after(() => node.kill())
  node.url = origin
  const code = /セットアップコード[^0-9A-Z]*([0-9A-Z-]{6,})/.exec(node.child.log())[1]
  const admin = new Client(node.url)
  await admin.post('/api/setup', { municipality: '試験市', agency: '福祉総合相談課', name: '𠮷田 髙子', kana: '', login: 'admin', password: PASSWORD, code })
  const [city] = (await admin.get('/api/agencies')).agencies
  await admin.post('/api/users', { agencyId: city.id, login: 'tanaka', name: '田中 𠮷', kana: '', post: '', roles: ['secretariat'], password: PASSWORD })
  const browser = await launch()
  t.after(() => browser.close())
  const visit = async login => {
    const p = await Person.sit(browser, login, node.url)
    await p.page.goto('/')
    await press(p.page, 'sign-in-service')
    await p.page.locator('input[name=login]').fill(login)
    await p.page.locator('input[name=password]').fill('x')
    await p.page.keyboard.press('Enter')
    await p.page.getByRole('button', { name: 'Continue' }).click() // the provider asks whether Kasane may know the name
    return p
  }
  const p = await visit('tanaka')
  await p.page.getByTestId('who').waitFor()
  assert.match(await p.page.getByTestId('who').textContent(), /田中 𠮷/)
  assert.equal(new URL(p.page.url()).search, '', 'no code of the service stays in the address')
  // signing out leads to the service, which asks whether one wants out of it too, and back
  const { page } = p
  const asked = []
  page.on('request', r => { if (r.isNavigationRequest()) asked.push(new URL(r.url())) })
  await press(page, 'sign-out')
  await page.getByRole('button', { name: 'No, stay signed in' }).click()
  await page.getByTestId('sign-in-service').waitFor()
  const end = asked.find(u => u.origin === issuer)
  assert.deepEqual([...end.searchParams.keys()].sort(), ['client_id', 'post_logout_redirect_uri'], 'nothing of the person stands in the address')
  assert.equal((await page.request.get('/api/cases')).status(), 401)
  // the service still knows the browser; whoever sits there has to show all the same who they are
  await press(page, 'sign-in-service')
  await page.locator('input[name=login]').waitFor()
  assert.equal(asked.findLast(u => u.pathname === '/auth').searchParams.get('prompt'), 'login')
  // nor does it help to take that out of the address
  await page.goto('/')
  await page.route(u => u.pathname === '/api/oidc/start', async route => {
    const response = await route.fetch({ maxRedirects: 0 })
    const u = new URL(response.headers().location)
    for (const name of ['prompt', 'max_age']) u.searchParams.delete(name)
    await route.fulfill({ response, headers: { ...response.headers(), location: u.toString() } })
  }, { times: 1 })
  await press(page, 'sign-in-service')
  await page.getByRole('button', { name: 'Continue' }).click() // the provider asks for no password
  await page.getByTestId('signin-error').waitFor()
  assert.equal((await page.request.get('/api/cases')).status(), 401)
  await p.shot('signin-anew')

  const s = await visit('stranger')
  await s.page.getByTestId('signin-error').waitFor()
  assert.match(await s.page.getByTestId('signin-error').textContent(), /登録されていない/)
  await s.shot('signin-service')
  assert.equal((await s.page.request.get('/api/cases')).status(), 401)
})
