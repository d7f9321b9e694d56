// Package desk is the consent desk (同意窓口) as far as paper and exchange are concerned: the 同意書, the 撤回届 and the 控え in the forms
// people need (plain, with readings, in easy language, in large print), and a record as JSON by ISO/IEC TS 27560 and as a FHIR R4 Consent.
//
// What is agreed to, who may record it and what follows from it is package consent. This package only words it: everything here is a pure
// function of a record with its names and the text that was shown, so the same record gives the same paper and the same export.
//
// Invariants:
//   - only holders of the record print or export; each is audited before anything is made (consent.Service.Whole, Empty);
//   - an export never says more than the record: what was withheld, withdrawn or has expired reads as such;
//   - a paper or export made from a record names the text that was shown by its hash.
package desk
