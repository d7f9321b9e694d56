// Package meeting is the meeting itself: 重層的支援会議 and 支援会議, from preparation to the sealed record.
//
// The story. A meeting is a list of events (Event); its State is their fold; one table (acts.go) says which act is allowed in which
// status to whom, and the buttons of the screen, the API and the tests come from it. Every act goes through Service.Act: load, fold,
// ask the table, make events, write them with the audit entry in one transaction (Change).
//
//	準備 → 受付 → 開会 ⇄ 合意 → 閉会処理中 → 閉会(会議録 案) → 会議録確認 → 確定
//	準備・受付 → 中止
//
// Two legal modes. A 支援会議 (社会福祉法106条の6) needs 招集者, 根拠 and 理由, and each participant's 守秘義務確認; agencies that are not
// 構成員 are designated before anything is shown. A 重層的支援会議 needs consent: without any in force it does not open.
//
// Agreement. Freezing locks the plan's documents at their heads and names the state by a hash; every seat (one per agency) answers
// that hash; answers stay hidden until all present seats have answered. Reopening makes the version void; objections keep their text.
//
// Closing. Transaction A fixes heads, time, numbers and checkpoint (Closing); rendering is pure; transaction B writes the records and
// closes. Whoever finds a closing whose lease has ended finishes it; unique keys make that safe.
//
// Invariants:
//   - the same events give the same state, whoever folds them;
//   - an answer counts only for the hash it names;
//   - no answer is visible to anybody else before all present seats have answered, and never becomes hidden again;
//   - what is sealed was covered by consent at the time of closing, or stands in the minutes as left out;
//   - unprintable characters never stop 閉会, only the sealing of the record.
package meeting
