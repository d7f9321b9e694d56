// Command bench drives Kasane and its peers, one after the other, with the same load from the same generator, and prints ratios: `make bench-peers`.
//
// The peers are the reference servers of the protocols Kasane speaks, as npm has them: Hocuspocus and y-websocket. They store nothing; Kasane
// commits every change before it shows it. Beside them stand a bare relay on Kasane's own websocket library (relay.go), and what one commit takes on
// this machine at the same rate (commit.go): together they are the floor that no durable server gets under.
//
// The program is a tool outside the product: it may import what only one room of the house may, and nothing imports it.
package main
