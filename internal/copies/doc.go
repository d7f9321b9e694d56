// Package copies makes 写し of sealed records for somebody: for an agency (機関別, what the consent gate shows it now), for 研修 and 事例検討
// (匿名版), for a 開示請求 (開示用, with parts blacked out) and for the person (本人交付版). The record itself never changes, and no copy is a record.
//
// Invariants:
//   - what a copy leaves out is taken out of the texts before anything is laid out: it is in no byte of the file, and no hash of it is printed;
//   - a copy is given out only after its line (who, when, what for, for whom, the hash of the file) and its audit entry are committed, in one
//     transaction; copies of a record are counted without gaps;
//   - whoever is barred from the case finds neither the record nor its copies.
package copies
