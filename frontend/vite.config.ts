/// <reference types="vitest/config" />
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type Plugin } from 'vite'

const shell = '/usr/bin/chromium-headless-shell'
const server = process.env.KASANE_SERVER ?? 'http://127.0.0.1:8787'

/** The order of the layers stands before every rule, whatever file the bundler puts first. */
const layersFirst: Plugin = {
  name: 'layers-first',
  enforce: 'post',
  generateBundle(_, bundle) {
    const order = readFileSync('src/parts/tokens.css', 'utf8').match(/^@layer [a-z, ]+;/)?.[0]
    if (!order) throw new Error('src/parts/tokens.css does not begin with the order of the layers')
    for (const file of Object.values(bundle))
      if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = order + String(file.source)
  },
}

/** The program carries files as they are sent, so that it is smaller and has nothing to compress when it starts; with them the description of the interface. */
const packed: Plugin = {
  name: 'packed',
  apply: 'build',
  closeBundle() {
    const pack = (from: string, to: string) => {
      const plain = readFileSync(from)
      const small = gzipSync(plain, { level: 9 })
      if (small.length < plain.length * 0.9) writeFileSync(`${to}.gz`, small)
      return small.length < plain.length * 0.9
    }
    for (const name of readdirSync('dist/assets'))
      if (/\.(js|css|svg|json|ttf|wasm)$/.test(name) && pack(`dist/assets/${name}`, `dist/assets/${name}`))
        rmSync(`dist/assets/${name}`)
    pack('../docs/openapi.json', 'dist/openapi.json')
  },
}

export default defineConfig({
  plugins: [react(), layersFirst, packed],
  build: {
    // Everything is a hashed file of our own origin: nothing inline, so that the CSP needs no exception.
    assetsInlineLimit: 0,
    // One style sheet: of several, the order in which they come would be that of their rules.
    cssCodeSplit: false,
    // What a page is made of is asked for at once, not file by file as each names the next.
    modulePreload: { polyfill: false },
    target: ['chrome111', 'edge111', 'safari16.4'],
    rolldownOptions: {
      output: {
        // Few files: what every page has, what pages with live documents have, and the pages themselves.
        codeSplitting: {
          groups: [
            {
              name: 'live',
              test: /src\/(live|sync|text\/(?!narrative))|node_modules\/(yjs|lib0|y-protocols|@hocuspocus)/,
              priority: 2,
            },
            {
              name: 'base',
              test: /src\/(parts|dates|api|words|app\/(?!App\.))|node_modules\/(react|react-dom|scheduler|wouter|use-sync-external-store)\//,
              priority: 1,
            },
            { name: 'plan', test: /src\/pages\/(plan|matrix|minutes)\/(?!DiffList).*\.tsx?$/, priority: 0 },
          ],
        },
      },
    },
  },
  // Files name each other relatively, so that the installation may lie under any path.
  experimental: { renderBuiltUrl: (name, { hostType }) => (hostType === 'html' ? `/${name}` : { relative: true }) },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/hp': { target: server, ws: true },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', testTimeout: 60_000, include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.tsx'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: existsSync(shell) ? shell : '/usr/bin/chromium',
                args: ['--no-sandbox'],
              },
            }),
            instances: [{ browser: 'chromium', viewport: { width: 1366, height: 768 } }],
          },
        },
      },
    ],
  },
})
