package oversight_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/oversight"
	"kasane/internal/store"
)

// A copy of a record for an agency is a disclosure to it: the log says to which one, and who asks what an agency got is told of it, although nobody of the
// agency has done anything.
func TestCopyForAnAgencyIsADisclosureToIt(t *testing.T) {
	t.Parallel()
	each(t, func(ctx context.Context, t *testing.T, _ *store.Store, o *oversight.Service, add func(...access.Entry)) {
		copied := func(after time.Duration, verb access.Verb, reason string) access.Entry {
			return access.Entry{At: noon.Add(after), ActorID: "u1", AgencyID: "a1", Verb: verb, CaseID: "c1", Target: "r1", Reason: reason}
		}
		add(copied(0, access.VerbArchiveCopy, access.CopyFor("a2")), copied(time.Minute, access.VerbArchiveCopy, access.CopyFor("a2")),
			copied(2*time.Minute, access.VerbArchiveCopyRead, access.CopyFor("a3")), // a 見本 goes to nobody
			copied(3*time.Minute, access.VerbArchiveCopy, access.ReasonCopy+"redacted:"+access.CopyUnmarked))
		p, err := o.Entries(ctx, officer, oversight.Filter{Verb: access.VerbArchiveCopy})
		if err != nil || len(p.Lines) != 3 || p.Lines[2].ReasonLabel != "写し（機関別）：社会福祉協議会" || p.Lines[0].ReasonLabel != "写し（開示用）：隠す所なし" {
			t.Fatalf("%+v %v", p, err)
		}
		for agency, want := range map[string]int{"a2": 2, "a3": 0, "a1": 4} {
			p, err := o.Entries(ctx, officer, oversight.Filter{Agency: agency})
			copies := slices.DeleteFunc(p.Lines, func(l oversight.Line) bool {
				return l.Verb != access.VerbArchiveCopy && l.Verb != access.VerbArchiveCopyRead
			})
			if err != nil || len(copies) != want {
				t.Errorf("%s: %d lines, want %d: %v", agency, len(copies), want, err)
			}
		}
		v, err := o.SeenCase(ctx, officer, oversight.Filter{Case: "K2026-0001"})
		i := slices.IndexFunc(v.Agencies, func(x oversight.Viewer) bool { return x.Agency == "社会福祉協議会" })
		if err != nil || i < 0 || v.Agencies[i].Times != 2 || v.Agencies[i].Actor != "（写しを受け取った機関）" || !v.Agencies[i].First.Equal(noon) {
			t.Fatalf("who got it is not among who saw the case: %+v %v", v.Agencies, err)
		}
		rep, err := o.Incident(ctx, desk, oversight.IncidentInput{Filter: oversight.Filter{Agency: "a2", From: "2026-06-10", To: "2026-06-10"}, Reason: oversight.IncidentReasons()[0].ID, Note: "訓練"})
		if err != nil || rep.Persons == 0 || !slices.Contains(rep.Affected[0].Items[0].Ways, "機関別の写しの交付") {
			t.Errorf("the report of an incident at the agency: %+v %v", rep, err)
		}
	})
}
