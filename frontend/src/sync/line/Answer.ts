/** The answer to a request, read to its end. */
export class Answer {
  readonly status: number
  readonly body: Uint8Array

  constructor(status: number, body: Uint8Array) {
    this.status = status
    this.body = body
  }

  json(): Record<string, unknown> | null {
    try {
      const v: unknown = JSON.parse(new TextDecoder().decode(this.body))
      return typeof v === 'object' && v !== null ? (v as Record<string, unknown>) : null
    } catch {
      return null
    }
  }
}
