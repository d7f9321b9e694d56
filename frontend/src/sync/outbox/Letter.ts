import type { ApiError } from '../../api/ApiError'
import type { Draft } from '../drafts/Draft'

/** Begins the name of what is kept in the drafts and belongs to no document: a request that is sent as a whole. */
export const LETTER = 'letter:'

/**
 * One request as it is being written, or waits for the line (未送信). The server keeps it once, however often it comes, by the id in it.
 */
export interface Letter<T extends object = object> {
  /** Made here; part of what is sent. */
  id: string
  /** What it is about: the letter of a page is found again by it. */
  about: string
  path: string
  body: T
  /** What people would want back if all else fails. */
  text: string
  state: 'typing' | 'sending' | 'waiting' | 'refused'
  /** Why it was not taken. */
  error: ApiError | null
  draft: Draft
}
