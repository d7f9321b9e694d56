import { useCallback, useEffect, useRef, useState } from 'react'
import * as Y from 'yjs'
import type { Draft } from '../sync/drafts/Draft'
import { randomName, tab } from '../sync/drafts/tab'
import { drafts } from './drafts'

/** How long after the last key a form is kept (ms). */
const REST = 300

interface FormDraft {
  /** The form shows what an earlier opening left. */
  restored: boolean
  /** The form was sent: nothing of it is kept any more. */
  done: () => void
  /** What was kept is thrown away; what is typed next is kept again. */
  clear: () => void
}

/**
 * Keeps a form among the drafts of this user until it is sent: what was typed outlives a lost line, a closed tab and a session that ended. `name` says
 * which form, `texts` which words are offered for copying should its page never be opened again.
 */
export function useFormDraft<T>(
  name: string,
  page: string,
  value: T,
  empty: boolean,
  texts: Record<string, string>,
  restore: (value: T) => void,
): FormDraft {
  const [restored, setRestored] = useState(false)
  const [ready, setReady] = useState(false)
  const copy = useRef('')
  if (!copy.current) copy.current = randomName()
  const kept = useRef<Draft[]>([])
  const sent = useRef(false)
  const newest = useRef({ value, empty, texts })
  newest.current = { value, empty, texts }
  const back = useRef(restore)
  back.current = restore

  useEffect(() => {
    const mine = copy.current
    const held = [mine]
    let over = false
    tab.hold(mine)
    void (async () => {
      for (const d of (await drafts.store().all()).reverse()) {
        if (over || d.doc !== name || d.copy === mine || !(await tab.claim(d))) continue
        held.push(d.copy)
        if (kept.current.length === 0) {
          back.current(JSON.parse(String(d.values.form)) as T)
          setRestored(true)
        }
        kept.current.push(d)
      }
      if (!over) setReady(true)
    })()
    return () => {
      over = true
      for (const c of held) tab.free(c)
    }
  }, [name])

  const keepNow = useCallback(() => {
    const now = newest.current
    if (sent.current) return
    const before = kept.current.splice(0)
    if (!now.empty) {
      const draft = written(name, page, copy.current, now.value, now.texts)
      kept.current.push(draft)
      drafts.store().add(draft)
    }
    if (before.length) drafts.store().remove(before)
  }, [name, page])

  const mark = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form itself is the reason
  useEffect(() => {
    if (!ready) return
    const timer = setTimeout(keepNow, REST)
    return () => clearTimeout(timer)
  }, [mark, ready, keepNow])

  useEffect(() => {
    const flush = () => {
      if (!newest.current.empty) keepNow()
    }
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [keepNow])

  const clear = useCallback(() => {
    drafts.store().remove(kept.current.splice(0))
    setRestored(false)
  }, [])
  const done = useCallback(() => {
    sent.current = true
    clear()
  }, [clear])
  return { restored, done, clear }
}

/** A draft in the shape of those of documents, so that the same place keeps, offers and forgets it. */
function written<T>(name: string, page: string, copy: string, value: T, texts: Record<string, string>): Draft {
  const doc = new Y.Doc()
  const keys = Object.keys(texts).filter(k => texts[k])
  for (const k of keys) doc.getText(`t:form/${k}`).insert(0, texts[k] ?? '')
  return {
    id: 0,
    doc: name,
    context: '',
    page,
    tab: tab.id,
    copy,
    at: Date.now(),
    refused: '',
    update: Y.encodeStateAsUpdate(doc),
    base: new Uint8Array(),
    texts: keys.map(k => `form/${k}`),
    values: { form: JSON.stringify(value) },
  }
}
