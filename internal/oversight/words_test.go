package oversight

import (
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// A code of a reason reads as words of the office in the list of the log: the officer knows no codes.
func TestReasonsAreWords(t *testing.T) {
	t.Parallel()
	codes := []string{access.ReasonBreakGlass, access.ReasonSearch, string(consent.FindingProper), string(consent.FindingImproper)}
	for kind := range copyKinds {
		codes = append(codes, access.ReasonCopy+kind, access.ReasonCopy+kind+":"+"01h00000000000000000000000")
	}
	for _, b := range consent.Bases() {
		codes = append(codes, string(b))
	}
	for _, r := range consent.Reasons() {
		codes = append(codes, string(r))
	}
	for _, c := range codes {
		if l := reasonLabel(c); l == c || l == "" {
			t.Errorf("%q has no words", c)
		}
	}
	if l := reasonLabel("something_new"); l != "something_new" {
		t.Errorf("an unknown code reads %q", l)
	}
	if l := reasonLabel(access.ReasonBreakGlass); l != "緊急時の閲覧" {
		t.Error(l)
	}
}
