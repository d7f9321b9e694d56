import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'

interface Frame {
  dom: HTMLElement
  label: HTMLElement
  cell: HTMLElement | null
  /** Where its person said to be when the cell was looked up; '' when the table was drawn anew since. */
  at: string
  size: string
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Who else is in which cell: a frame with a name for each, in a layer over the table. A step of somebody moves one frame and draws nothing else
 * anew, neither the table nor its cells: with 15 people about a slow computer could not do more.
 */
export class PeerFrames {
  private readonly layer: HTMLElement
  private readonly table: HTMLElement
  private readonly frames = new Map<number, Frame>()
  private docs: readonly LiveDoc[] = []
  private offs: (() => void)[] = []
  /** Where the cells are, as measured since the table last changed: asking anew would make the browser lay the page out at each step. */
  private readonly boxes = new Map<HTMLElement, Box>()
  private readonly sizes: ResizeObserver

  constructor(layer: HTMLElement, table: HTMLElement) {
    this.layer = layer
    this.table = table
    this.sizes = new ResizeObserver(() => this.again())
    this.sizes.observe(table)
  }

  /** The documents whose people are shown. The table was drawn anew: what stands in it may have moved. */
  follow(docs: readonly LiveDoc[]): void {
    if (docs.length !== this.docs.length || docs.some((d, i) => d !== this.docs[i])) {
      for (const off of this.offs) off()
      this.docs = docs
      this.offs = docs.map(d => d.presence.changed.on(() => this.look()))
      this.look()
    }
    this.again()
  }

  stop(): void {
    for (const off of this.offs) off()
    this.sizes.disconnect()
    for (const f of this.frames.values()) this.take(f, null)
  }

  private look(): void {
    const moved: [Frame, HTMLElement][] = []
    const here = new Map<HTMLElement, number>()
    const seen = new Set<number>()
    for (const p of this.docs.flatMap(d => d.presence.peers())) {
      const known = this.frames.get(p.clientId)
      const cell = known?.at === p.at && known.cell ? known.cell : this.cell(p.at)
      if (!cell || here.has(cell)) continue // the first in a cell is shown
      here.set(cell, p.clientId)
      seen.add(p.clientId)
      const f = known ?? this.make(p.clientId)
      f.at = p.at
      const look = `cell-peer hue-${p.hue}`
      if (f.dom.className !== look) f.dom.className = look
      const label = words.people.editing(p.agency || p.name)
      if (f.label.textContent !== label) f.label.textContent = label
      if (f.cell !== cell) moved.push([f, cell])
    }
    this.place(moved)
    for (const [id, f] of this.frames) if (!seen.has(id)) this.take(f, null)
  }

  private again(): void {
    this.boxes.clear()
    for (const f of this.frames.values()) f.at = ''
    this.place([...this.frames.values()].flatMap(f => (f.cell ? [[f, f.cell] as const] : [])))
  }

  private cell(at: string): HTMLElement | null {
    const [kind, row, column] = at.split('/')
    return kind === 'cell' && row && column
      ? this.table.querySelector<HTMLElement>(`[data-cell="${CSS.escape(`${row}/${column}`)}"]`)
      : null
  }

  private make(id: number): Frame {
    const dom = document.createElement('span')
    const label = document.createElement('span')
    label.className = 'peer-name'
    label.id = `cell-peer-${id}`
    dom.style.opacity = '0'
    dom.append(label)
    this.layer.append(dom)
    const f = { dom, label, cell: null, at: '', size: '' }
    this.frames.set(id, f)
    return f
  }

  /** A screen reader hears in the cell who is there. */
  private take(f: Frame, cell: HTMLElement | null): void {
    if (f.cell === cell) return
    if (f.cell?.getAttribute('aria-describedby') === f.label.id) f.cell.removeAttribute('aria-describedby')
    if (Boolean(f.cell) !== Boolean(cell)) f.dom.style.opacity = cell ? '1' : '0'
    f.cell = cell
    if (cell) cell.setAttribute('aria-describedby', f.label.id)
  }

  /** First everything is measured, then everything is moved. */
  private place(moves: readonly (readonly [Frame, HTMLElement])[]): void {
    const unknown = moves.filter(([, cell]) => !this.boxes.has(cell))
    const origin = unknown.length ? this.layer.getBoundingClientRect() : null
    if (origin) for (const [, cell] of unknown) this.boxes.set(cell, boxOf(cell, origin))
    for (const [f, cell] of moves) {
      const { x, y, width, height } = this.boxes.get(cell) as Box
      this.take(f, cell)
      f.dom.style.transform = `translate(${x}px, ${y}px)`
      const size = `${width}x${height}`
      if (size === f.size) continue
      f.size = size
      f.dom.style.width = `${width}px`
      f.dom.style.height = `${height}px`
    }
  }
}

function boxOf(cell: HTMLElement, origin: DOMRect): Box {
  const { left, top, width, height } = cell.getBoundingClientRect()
  return { x: left - origin.left, y: top - origin.top, width, height }
}
