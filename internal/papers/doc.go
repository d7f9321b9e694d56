// Package papers makes the documents of a meeting from view models: the minutes (会議録), the support plan
// (支援プラン, which is also the application for the services) and the role matrix (役割分担表).
//
// A view model holds finished domain data: texts, instants, calendar days, enumerations in their Japanese wording.
// Making a document is a pure function of it: no clock, no I/O. Everything that changes the bytes comes in with the
// model, so any node can make the same file again and prove it.
//
// Invariants:
//   - what a reader may not see is passed as Withheld and prints 「同意範囲外」; its text is dropped here even if the
//     caller forgot to blank it;
//   - every character that cannot be printed as written is in Result.Problems, with Name set where it stands in a
//     name field; a draft also lists them on its last page. Drafts always print; whether a record may be sealed with
//     problems is the caller's decision;
//   - every document is PDF/A-2a and PDF/UA-1, with a binding margin of 20 mm or more on the left.
package papers
