/** The caret of another person: a coloured line without text, so that a screen reader hears only what is written. It moves without a layout. */
export class CaretMark {
  readonly dom = document.createElement('span')
  at = -1
  /** It stands where `at` is. */
  placed = false
  private height = -1

  constructor(name: string, hue: number) {
    this.name(name, hue)
  }

  name(name: string, hue: number): void {
    const look = `remote-caret hue-${hue}`
    if (this.dom.className !== look) this.dom.className = look
    if (this.dom.title !== name) this.dom.title = name
  }

  /** Nowhere when what it stands at is not drawn. */
  place(to: { x: number; y: number; height: number } | null): void {
    this.placed = true
    this.dom.style.opacity = to ? '1' : '0'
    if (!to) return
    this.dom.style.transform = `translate(${to.x - 1}px, ${to.y}px)`
    if (this.height === to.height) return
    this.height = to.height
    this.dom.style.height = `${to.height}px`
  }
}
