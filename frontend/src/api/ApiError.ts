/** What the server answered instead of a result. The message is for people. */
export class ApiError extends Error {
  readonly kind: string
  /** Name of the field the message is about, '' if none. */
  readonly field: string
  readonly details: Record<string, unknown>

  constructor(kind: string, message: string, field = '', details: Record<string, unknown> = {}) {
    super(message)
    this.kind = kind
    this.field = field
    this.details = details
  }
}
