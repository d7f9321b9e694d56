// Package store keeps everything Kasane knows in one SQL database and is the only place where SQL is written.
//
// There is one text of SQL for two engines. Alone, Kasane keeps kasane.db (SQLite) in its data directory; with a
// DATABASE_URL the same statements run on PostgreSQL. What the engines cannot say alike is in dialect.go and nowhere
// else: the words of column types, the class of an error, the lock around migrations, the substring test.
//
// Invariants:
//
//   - The municipality is the first column of every key and the first condition of every statement.
//   - A mutation and its audit row (access.Entry) are one transaction: no entry, no action.
//   - Nobody reads and then writes. A change is one conditional statement (UPDATE … WHERE version = … RETURNING);
//     zero rows mean somebody else was first, and that is a fault.Conflict.
//   - The row of a document is the lock of its log. Append takes it by raising head, freeze and every change of
//     the gate's answer by their own conditional UPDATE, several documents always in the order of their ids. So the
//     sequence of a log is its commit order, it has no gaps, and a frozen document takes nothing more.
//   - What a Scope lets through is written in scope.go only; the zero Scope sees nothing.
//   - Time comes from Go as UTC microseconds, one now per transaction. Identifiers come from Go.
//   - Audit rows are written unsequenced; one sequencer per municipality (a lease) gives them their leaf numbers.
//
// A transaction is a method named after its deed; nothing outside this package ever holds one.
package store
