import type * as Schema from './schema'
/** A 受付 in the list: number and initial, never a name. */
export type IntakeLine = Schema.IntakeLine

/** GET /api/cases/{case}/intake: the 受付 as its reader may see it. */
export type IntakeView = Schema.IntakeView

/** A case in which somebody may be the same person. */
export type Similar = Schema.IntakeSimilar

/** Of what the searcher may see, and of nothing else. */
export type Found = Schema.IntakeFound
