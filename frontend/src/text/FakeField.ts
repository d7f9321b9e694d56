/** A stand-in for a text field in tests that need thousands of them. */
export class FakeField extends EventTarget {
  value = ''
  selectionStart = 0
  selectionEnd = 0
  scrollTop = 0
  ownerDocument = { activeElement: this as unknown }

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start
    this.selectionEnd = end
  }

  /** Replaces [from, to) as a browser would, and says so unless it is part of a composition that reports later. */
  type(from: number, to: number, text: string): void {
    this.value = this.value.slice(0, from) + text + this.value.slice(to)
    this.setSelectionRange(from + text.length, from + text.length)
    this.dispatchEvent(new Event('input'))
  }
}
