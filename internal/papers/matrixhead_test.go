package papers

import "testing"

// The head of a column says 事後受諾 only where there was one.
func TestHeadOfAnAbsentAgency(t *testing.T) {
	t.Parallel()
	m := &RoleMatrix{Agencies: []MatrixAgency{{Name: "包括", Lead: true}, {Name: "消防", Absent: true}, {Name: "学校", Absent: true, AcceptedLater: true}}}
	for i, want := range []string{"包括\n【主担当機関】", "消防\n（欠席）", "学校\n（欠席・事後受諾）"} {
		if got := columnHead(m.Agencies[i]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
