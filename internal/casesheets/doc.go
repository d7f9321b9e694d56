// Package casesheets makes papers and spreadsheets of the sheets of a case (相談受付・申込票, インテーク・アセスメントシート …) in the look of the official
// form, driven by the form of the day the case was opened, as its municipality has it.
//
// Invariants:
//   - whoever asks gets what the gate shows them now, and an agency for which a copy is made what the gate shows it; nothing else is read at all;
//   - what the gate does not show prints 「同意範囲外」, whether anything was written there or not, and whatever the ground is: that something is kept from
//     an agency (住所秘匿, 特定機関に非開示) is a secret itself;
//   - 緊急開示 and 緊急時の閲覧 are looks for a time, and no ground for a paper that stays;
//   - every paper is in the audit log, with the hash of its bytes and the agency it is for.
//
// A sheet also goes out to be written in (記入用) and comes back. Each row says which field of which case it is and which version of it went out; what the sheet
// changed is told by three readings: as it went out, as it stands in the record, as it stands on the sheet.
//   - nothing is written before somebody has seen each change and said so, and then it is an edit like any other: by their rights, in the history, in the log;
//   - what the gate does not show is compared with nothing: whether a guess is right cannot be found out by a file;
//   - what was changed on both sides is for a person to decide, never taken by itself.
package casesheets
