package outreach_test

import (
	"testing"

	"kasane/internal/consent"
)

// A copy of the 支援経過記録 for an agency that may not hold somebody's 基本情報 says neither relation nor initial.
func TestCourseForAnAgency(t *testing.T) {
	f := newField(t)
	f.record(f.csw, input("01", "p1", consent.ItemProgress, "声だけ"))
	for basic, want := range map[bool]string{true: f.board(f.holder).Entries[0].Who, false: "世帯員"} {
		doc, err := f.svc.CourseDoc(f.ctx, f.holder, "c1", func(_ string, i consent.Item) (show, tell bool) { return basic || i != consent.ItemBasic, true })
		f.ok(err)
		if len(doc.Entries) != 1 || doc.Entries[0].Who != want || want == "世帯員" == basic {
			t.Errorf("with 基本情報 %v: %+v, want %q", basic, doc.Entries, want)
		}
	}
}
