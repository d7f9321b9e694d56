/** A stateless message of the server on a document or on a meeting's channel (docs/protocol.md). */
export interface ServerMessage {
  type: string
  reason?: string
  reasonLabel?: string
  message?: string
  seq?: number
  write?: boolean
  ownAgencyOnly?: boolean
  frozen?: boolean
  /** With `rights`: the id of the user the socket's session belongs to. */
  user?: string
  /** With `presence`: people connected to other nodes may not be shown. */
  partial?: boolean
}
