// Package jobs is the work that goes on in the background (処理): what takes longer than somebody should wait for, and what the night does.
//
// A job is a row. A node takes it by a lease, keeps the lease alive with its heartbeat, and writes how far it has come; when the heart stops (the process was
// killed, the machine lost its power, the line its database), another node, or the same one after its start, takes the job and goes on from what was made.
//
// Invariants:
//   - One node works a job. Each taking raises its turn, and everything written for a job names the turn: who lost the lease writes nothing any more, though it
//     does not know yet.
//   - A job may begin anew at any time: each kind of work is idempotent. What was made is kept in numbered parts; a part that is there with the same hash is not
//     written again, one that is not made any more goes.
//   - Work is done with the rights its asker has while it is done, not when it was asked for. A result is given to its asker alone, when they still may have it.
//   - No word of a person stands in the row of a job: what was given (a list of names) and what was made lie sealed under the municipality's key. What was given
//     goes when the job ends, the rest after Keep.
package jobs
