// Package cases holds the case (ケース) of a household: persons, member agencies, stage, and which documents there are.
//
// It also holds the Gatekeeper, through which everything of a case passes before anybody sees it: connections to live
// documents (live.Gate), reads over REST and PDFs (CanSee), the chips of the screen (View). The Gatekeeper only gathers
// the facts of one moment, from the store and from the meeting in whose context is read, and lets consent.Decide answer.
// What holds:
//
//   - A holder of the record (多機関協働担当, 市所管課) reads everything of the municipality's cases; 記録, 監査 and
//     システム管理 read nothing of any.
//   - An agency reads as a current member of the case, or as a participant of a meeting. An agency that was removed
//     from the case reads nothing, also in a meeting that is running.
//   - Observers and guests have one meeting, never the case.
//   - The household is asked for as all subjects of the case together.
//   - Minutes are read in the context of their own meeting only: what was said in a 支援会議 does not pass
//     into a 重層的支援会議 by being opened there.
//   - After 閉会 those who were there read its minutes until they are final, to confirm them; nothing else. In a
//     重層的支援会議 consent decides for each document as before, for guests too.
//   - In a meeting, agencies write into the plan it discusses and into no other.
//   - Name, kana, birth, sex and relation are 基本情報 and masked like any other item.
package cases
