/** Another person present, as the server names them. */
export interface Peer {
  clientId: number
  name: string
  agencyId: string
  agency: string
  hue: number
  /** Key of the field they are in, '' if none. */
  at: string
  typing: boolean
  /** Fields in which words this person wrote while away have just arrived. */
  late?: { id: string; keys: string[] }
}
