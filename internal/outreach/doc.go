// Package outreach keeps what agencies do to reach somebody who has not said yes yet (アウトリーチ等を通じた継続的支援, 社会福祉法106条の4第2項4号): what they tried
// (働きかけ記録), how near they have come (関係の段階), what whoever visits has to know before (安全上の留意), and the list of the day (訪問の一日表). 支援経過記録 stands in the same log: it is the same sort of thing after consent.
//
// It needs no consent, and gives nothing to anybody by that. What holds:
//
//   - An entry belongs to one person, or the household, and to one class of information. It is shown to the agency that wrote it, to those who hold the
//     record, and to whom the gate shows that class. Everybody else is told how many there are, and of somebody who is kept from them not even that.
//   - An entry is never changed. A correction is a new one that takes its place.
//   - The id of an entry is made where it is written, so that what is sent twice over a bad line is kept once.
//   - 安全上の留意 reach the staff who may open the case, on the screen, before they go; no paper, no mail and no log holds them.
//   - The address of a visit is shown where the gate gives the class 住所・連絡先 to the reader, never otherwise.
//   - 関係の段階 is part of an entry: its history is that of the entries the reader sees.
package outreach
