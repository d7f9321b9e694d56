import type * as Schema from './schema'
/** GET /api/account/notices: what is told by mail, and where. */
export type NoticeAccount = Schema.NoticeAccount

/** POST /api/meetings/{id}/tell: what came of telling of a meeting. */
export type Told = Schema.NoticeTold

/** One of GET /api/notices/refused: an address that is not taken. */
export type Refusal = Schema.WebRefusedBody
