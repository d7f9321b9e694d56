// Package intake is 包括的相談支援: the 受付 of a 相談 at the counter of any agency, the search for 似た相談, and つなぎ, by which one agency hands a
// matter over to another.
//
// What holds:
//
//   - Any agency of the municipality takes a 相談 in. It becomes a case with that agency as its first member; the 相談受付・申込票 is filled from the
//     same words, so that nothing is typed twice.
//   - An agency reads what it took in itself, as long as it is of the case, is not 特定機関に非開示, and the person is not 住所秘匿 (then without the
//     address). Everything else it reads through the gate, as any other agency.
//   - The search for 似た相談 finds what the searcher may see by name. What it does not find leaves no trace in its answer: not in the count, and
//     not in the work done, which is settled before any name is looked at. Those who hold the record are told of 重複のおそれ on the case itself.
//   - A つなぎ holds what its sender chose, item by item, of what the gate lets the receiver have; without consent nothing but facts that say of
//     nobody who it is. The gate is asked again at every reading.
//   - Who receives a つなぎ is of the case only once it has said 受領.
package intake
