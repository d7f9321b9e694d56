// Package realtime carries documents, presence and meeting messages between browsers (同時編集). It speaks the frames of Hocuspocus on one
// socket for all documents of a page (/hp) and those of y-websocket, one document a socket (/yws/{name}); see docs/protocol.md. Where no
// websocket gets through, the frames of /hp travel in plain requests (httpline.go).
//
// The story of an edit: conn reads a frame, within size and rate, and hands it to the room of its document (session.go). The room, one
// goroutine that owns document, members and presence, checks and integrates it (update.go) into the batch that waits for the commit in
// flight to end. The node's one committer takes the batches of all waiting rooms into one append (committer.go). Then, and only then, the
// sender gets its acknowledgement, the other members the change, and the bus the news for other nodes (commit.go).
//
// Goroutines: per connection one reader, and one writer while there is something to write (none of a line over plain
// HTTP, where requests do the work); per room one, and one helper while it asks the
// database (ops.go); per node the committer, the publisher and a handful of tickers (hub.go). A room never waits for a connection, the
// bus or the database; a reader waits for its room, which is how a room slows its writers down.
//
// Invariants:
//   - Commit, then show: nobody is told of a change, its own author included, before it is in the log. What a member is answered from a document
//     that holds uncommitted changes waits for their commit.
//   - When a commit fails nobody has seen the change: the room is dropped, its members are sent away with 1013, and browsers send again.
//   - Rights are decided when a document is opened, whenever its access version moves (looked up every second, every 250 ms while the bus is
//     down), and every half minute because consent ends by time. A write carries the access version it was allowed at, and the log refuses another.
//   - The bus carries hints. The log is read where a hint does not continue what is known, after every (re)subscription, and when the look-up
//     shows a newer head.
//   - Who is here may be incomplete while this node cannot hear others, and then the members are told (apart.go).
//   - A refusal ends one document of one connection and touches nobody else.
//   - Memory is bounded: bytes queued per connection, frames waiting per room, one batch of 256 updates, presence of 2 kB a client, and
//     what a compressed message becomes.
package realtime
