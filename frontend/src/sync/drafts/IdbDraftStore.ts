import { type Draft, KEEP_FOR } from './Draft'
import { MemoryDraftStore } from './MemoryDraftStore'
import { importKey, openDraft, type SealedDraft, sealDraft } from './sealDraft'

const DRAFTS = 'drafts'

interface Opened {
  db: IDBDatabase
  /** The first seals, each opens. */
  keys: CryptoKey[]
}

/**
 * The drafts of one user in IndexedDB, sealed with the user's key. Where that is not to be had (private window, plain http, a
 * full disk) they are in memory only, and `durable` says so.
 */
export class IdbDraftStore extends MemoryDraftStore {
  override durable = true
  private readonly user: string
  private readonly opened: Promise<Opened | null>
  private readonly dirty = new Set<Draft>()
  private readonly dropped: Draft[] = []
  private last: Promise<unknown> = Promise.resolve()

  /** `keys` as the server gave them for this user, newest first. */
  constructor(user: string, keys: readonly string[], name = 'kasane-drafts') {
    super()
    this.user = user
    this.opened = Promise.all([openDatabase(name), Promise.all(keys.map(importKey))]).then(
      ([db, keys]) => ({ db, keys }),
      () => this.failed(),
    )
    this.queue(() => this.expire())
  }

  override add(draft: Draft): void {
    if (this.over) return
    this.write([draft])
    super.add(draft)
  }

  override remove(drafts: readonly Draft[]): void {
    for (const d of drafts) {
      // What was acknowledged before it came to be written needs no writing.
      if (!this.dirty.delete(d) || d.id) this.dropped.push(d)
    }
    super.remove(drafts)
    this.queue(() => this.flush())
  }

  override refuse(drafts: readonly Draft[], reason: string): void {
    super.refuse(drafts, reason)
    this.write(drafts)
  }

  override async all(): Promise<Draft[]> {
    return this.queue(async o => {
      if (!o) return super.all()
      await this.flush()
      const rows = await done<SealedDraft[]>(this.rows(o, 'readonly').index('user').getAll(this.user))
      const here = new Map([...this.drafts].map(d => [d.id, d]))
      // A draft of this tab stays the same object, so that marks and removals meet it.
      const all = await Promise.all(rows.map(async r => here.get(r.id as number) ?? openDraft(r, o.keys)))
      return all.filter(d => d !== null)
    })
  }

  override async clear(): Promise<void> {
    await super.clear()
    this.dirty.clear()
    await this.queue(async o => {
      if (!o) return
      const rows = this.rows(o, 'readwrite')
      for (const id of await done(rows.index('user').getAllKeys(this.user))) rows.delete(id)
      await finished(rows.transaction)
    })
  }

  private write(drafts: readonly Draft[]): void {
    for (const d of drafts) this.dirty.add(d)
    this.queue(() => this.flush())
  }

  /** One after the other; a failure makes the store one in memory and never reaches the writer. */
  private queue<T>(work: (o: Opened | null) => Promise<T>): Promise<T> {
    const run = this.last.then(async () => {
      const o = this.durable ? await this.opened : null
      try {
        return await work(o)
      } catch {
        this.failed()
        return work(null)
      }
    })
    this.last = run.catch(() => {})
    return run
  }

  private failed(): null {
    this.durable = false
    this.changed.emit()
    return null
  }

  /** Everything that waits, in one transaction. */
  private async flush(): Promise<void> {
    const o = this.durable ? await this.opened : null
    if (!o) return
    const drafts = [...this.dirty]
    this.dirty.clear()
    const dropped = this.dropped.splice(0).filter(d => d.id)
    if (!drafts.length && !dropped.length) return
    const sealed = await Promise.all(drafts.map(d => sealDraft(d, this.user, o.keys[0] as CryptoKey)))
    if (this.over) return
    const rows = this.rows(o, 'readwrite')
    for (const [i, s] of sealed.entries()) {
      const draft = drafts[i] as Draft
      const put = rows.put(s)
      put.onsuccess = () => {
        draft.id = put.result as number
      }
    }
    for (const d of dropped) rows.delete(d.id)
    await finished(rows.transaction)
  }

  /** Nothing of anybody stays for ever on a shared PC. */
  private async expire(): Promise<void> {
    const o = this.durable ? await this.opened : null
    if (!o) return
    const rows = this.rows(o, 'readwrite')
    const old = await done(rows.index('at').getAllKeys(IDBKeyRange.upperBound(Date.now() - KEEP_FOR)))
    for (const id of old) rows.delete(id)
    await finished(rows.transaction)
  }

  private rows(o: Opened, mode: IDBTransactionMode): IDBObjectStore {
    return o.db.transaction(DRAFTS, mode).objectStore(DRAFTS)
  }
}

async function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    const rows = request.result.createObjectStore(DRAFTS, { keyPath: 'id', autoIncrement: true })
    rows.createIndex('user', 'user')
    rows.createIndex('at', 'at')
  }
  return done(request)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function finished(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = tx.onerror = () => reject(tx.error)
  })
}
