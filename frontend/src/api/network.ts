import type * as Schema from './schema'
/** One 機関 in the picture of who works with whom. */
export type NetworkNode = Schema.FiguresNode

export type NetworkTie = Schema.FiguresTie

/** GET /api/figures/network. */
export type Network = Schema.FiguresNetwork
