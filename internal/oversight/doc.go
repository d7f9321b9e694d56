// Package oversight is what the privacy officer (監査・情報担当) asks the audit log: who did what, who saw this person, who looked at night, who opened many
// cases, who searched for a name, and, when something got out, whose information it was (漏えい等の報告).
//
// The log holds identifiers, never names; here they are resolved at the moment they are shown. Three walls stand:
//   - 監査・情報担当 sees the log and the numbers of cases, no case and no name of a person in one. Staff and agencies are named.
//   - Whoever holds the cases (多機関協働担当, 市所管課) sees who looked at a person, and may export an incident, with a reason.
//   - Each question is itself an entry of the log.
//
// Questions are bounded in memory and time: a page looks at no more than Scan rows and says where it goes on; reports read the log once, in order, and keep what
// they count, not what they read; the period of a report is at most a year.
package oversight
