// Package handouts keeps the papers (資料) of a meeting: files handed out for an item of its agenda.
//
// Invariants:
//   - Each belongs to one person (or the household) and one class of information; the gate is asked at every list and every reading, so a reader
//     loses it in the moment consent, seat or secrecy ends, and n days after 閉会 (資料回収; the municipality sets n).
//   - The bytes are recognised by content, hashed and sealed as evidence is. They leave only in a transaction that writes who received them
//     (資料受渡簿) and the audit entry.
//   - Guests, observers and agencies that take no copies get them for the screen only.
package handouts
