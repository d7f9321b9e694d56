// The manual as its reader follows it: a step is told by a sentence that stands there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export class Manual {
  constructor (file) {
    this.file = file
    this.text = readFileSync(new URL(`../../docs/manual/${file}`, import.meta.url), 'utf8')
  }

  /** Does what a sentence of the manual says; a sentence that is no longer there is a step nobody can follow. */
  async says (sentence, act) {
    assert.ok(this.text.includes(sentence), `${this.file} does not say: ${sentence}`)
    await act()
  }
}
