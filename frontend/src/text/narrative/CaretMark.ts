import { WidgetType } from '@codemirror/view'

/** The caret of another person: a coloured line without text, so that a screen reader hears only what is written. */
export class CaretMark extends WidgetType {
  readonly name: string
  readonly hue: number

  constructor(name: string, hue: number) {
    super()
    this.name = name
    this.hue = hue
  }

  override eq(other: CaretMark): boolean {
    return other.name === this.name && other.hue === this.hue
  }

  toDOM(): HTMLElement {
    const el = document.createElement('span')
    el.className = `remote-caret hue-${this.hue}`
    el.title = this.name
    el.setAttribute('aria-hidden', 'true')
    return el
  }

  override ignoreEvent(): boolean {
    return true
  }
}
