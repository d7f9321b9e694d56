// Package reviews keeps how an agreed plan went: モニタリング between the meetings, and the 評価 at its end.
//
//   - A record is about the newest agreed plan of its case. What is said of a goal is a code; it is shown to whom the gate shows the goal.
//   - Words and 見られた変化 belong to one person, or the household, and to one class of information. They are shown to the agency that wrote them, to
//     those who hold the record, and to whom the gate shows that class; to others the record is there without them.
//   - A record is never changed. A correction is a new one that takes its place. What is sent twice is kept once.
//   - 評価 is written by those who hold the record, of every goal of the plan.
//   - The day on which the next モニタリング is due is the one the newest record says, otherwise the one of the plan.
package reviews
