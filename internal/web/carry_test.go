package web

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/plans"
)

// callLayered makes a 重層的支援会議 of the case with agencies at the table and the chair, still in preparation.
func (h *house) callLayered(desk *browser, agencies ...string) string {
	h.t.Helper()
	start := h.clock.Now().Add(48 * time.Hour)
	var made struct{ ID string }
	desk.post("/api/cases/"+h.caseID+"/meetings", map[string]any{"type": "layered", "mode": "layered", "title": "第1回 重層的支援会議", "plannedStart": start,
		"plannedEnd": start.Add(time.Hour), "place": "第1会議室", "form": "hybrid", "agencies": agencies, "chairId": h.userID("chair"),
		"recorderId": h.userID("secretariat"), "agenda": []any{map[string]any{"title": "役割分担", "purpose": "policy", "point": "だれが訪問するか", "item": "basic"}}}).into(h.t, &made)
	return made.ID
}

// minuted puts rows into a document of minutes, as a page of the secretariat would.
func (h *house) minuted(b *browser, met, person, item string, f func(*live.Builder)) string {
	h.t.Helper()
	var ref plans.DocRef
	b.post("/api/docs", map[string]string{"kind": "minutes", "ownerId": met, "personId": person, "item": item}).into(h.t, &ref)
	h.write(ref.DocID, f)
	return ref.Doc
}

// everything an account gets of a meeting by any road of this server.
func (h *house) everything(b *browser, met string) []byte {
	h.t.Helper()
	a := b.get("/api/meetings/" + met)
	var room meeting.Room
	a.into(h.t, &room)
	out := a.body
	for _, d := range room.Docs {
		for _, path := range []string{"/api/docs/" + d.Doc + "/history/1?meeting=" + met, "/api/docs/" + d.Doc + "/history/2?meeting=" + met, "/api/docs/" + d.Doc + "/diff?from=0&to=1&meeting=" + met} {
			if d.Read {
				out = append(out, b.get(path).body...)
			}
		}
	}
	for _, path := range []string{"/api/meetings/" + met + "/carry", "/api/meetings/" + met + "/minutes.pdf", "/api/cases/" + h.caseID + "?meeting=" + met} {
		a := b.get(path)
		if bytes.HasPrefix(a.body, []byte("%PDF")) {
			a.body = []byte(pdftest.Ink(pdftest.Text(h.t, a.body)))
		}
		out = append(out, a.body...)
	}
	return out
}

// TestCarryThroughTheDoor: before the carry no byte of the 支援会議 reaches an agency in the 重層的支援会議, after it only what consent covers.
func TestCarryThroughTheDoor(t *testing.T) {
	t.Parallel()
	h := settled(t)
	desk, chair, social, other := h.as("secretariat"), h.as("chair"), h.as("agency"), h.as("stranger")
	first := h.call(desk, "")
	chair.must(first, "reception", map[string]any{})
	person := h.person(desk)
	var docs []string
	const basic, care, left = "玄関先で話ができた", "介護の申請を嫌がる", "近隣の苦情"
	docs = append(docs, h.minuted(desk, first, person, "basic", func(b *live.Builder) {
		b.Row("speech", "speech0001", "a0", map[string]any{"agency": h.welfare.ID}, map[string]string{"text": basic})
		b.Row("speech", "speech0002", "a1", map[string]any{"agency": h.welfare.ID}, map[string]string{"text": left})
	}), h.minuted(desk, first, person, "care", func(b *live.Builder) {
		b.Row("decision", "decision01", "a0", nil, map[string]string{"text": care})
	}))
	second := h.callLayered(desk, h.welfare.ID, h.stranger.ID)
	path := "/api/meetings/" + second + "/carry"
	list := func() (out []meeting.CarryRow) {
		var l meeting.CarryList
		desk.get(path).into(t, &l)
		for _, m := range l.Meetings {
			if m.ID != first || m.No != 1 || m.Label != "第1回支援会議" || m.Date == "" {
				t.Errorf("%+v", m)
			}
			out = append(out, m.Rows...)
		}
		return out
	}
	name := func(rows []meeting.CarryRow, words ...string) map[string]any {
		var out []meeting.CarryChoice
		for _, r := range rows {
			for _, w := range words {
				if strings.Contains(r.Text, w) {
					out = append(out, meeting.CarryChoice{Meeting: r.Meeting, Doc: r.Doc, Row: r.Row})
				}
			}
		}
		return map[string]any{"rows": out}
	}
	rows := list()
	if len(rows) != 3 || rows[0].Why == "" || rows[0].Carried {
		t.Fatalf("%+v", rows)
	}
	wantKind(t, "without consent", desk.post(path, name(rows, basic)), fault.Conflict)
	h.given(desk, func(m map[string]any) {
		m["scope"] = map[string][]string{h.welfare.ID: {"basic", "care"}, h.stranger.ID: {"basic"}}
	})
	for who, b := range map[string]*browser{"社協": social, "別の法人": other, "議長": chair} {
		wantKind(t, who, b.get(path), fault.Forbidden)
		wantKind(t, who, b.post(path, name(rows, basic)), fault.Forbidden)
		wantKind(t, who+" by the other door", b.post("/api/meetings/"+second+"/acts", map[string]any{"act": "carry", "params": name(rows, basic), "seq": 99}), fault.Invalid)
		got := h.everything(b, second)
		words := []string{basic, care, left, "回支援会議"}
		if b == other { // was not there: does not even learn that it was held
			words = append(words, first)
		}
		for _, s := range words {
			if bytes.Contains(got, []byte(s)) {
				t.Errorf("%s gets %q before the carry", who, s)
			}
		}
		for _, d := range docs {
			for _, met := range []string{second, ""} {
				if a := b.get("/api/docs/" + d + "/history/1?meeting=" + met); a.status != http.StatusNotFound && a.status != http.StatusForbidden {
					t.Errorf("%s opens the minutes of the 支援会議 in %q: %d", who, met, a.status)
				}
			}
		}
	}
	rows = list()
	for _, r := range rows {
		want := 1
		if r.Item == "basic" {
			want = 2
		}
		if r.Why != "" || len(r.Sees) != want {
			t.Errorf("%+v", r)
		}
	}
	var room meeting.Room
	desk.post(path, name(rows, basic, care)).into(t, &room)
	wantKind(t, "twice", desk.post(path, name(rows, basic)), fault.Conflict)
	for who, c := range map[string]struct {
		b       *browser
		see, no []string
	}{
		"社協":   {social, []string{"【第1回支援会議から】" + basic, "【第1回支援会議から】" + care, "発言要旨1件・決定事項1件を引き継いだ"}, []string{left}},
		"別の法人": {other, []string{"【第1回支援会議から】" + basic, "発言要旨1件を引き継いだ"}, []string{care, left, "決定事項1件"}},
	} {
		got := h.everything(c.b, second)
		for _, s := range c.see {
			if !bytes.Contains(got, []byte(s)) {
				t.Errorf("%s does not get %q", who, s)
			}
		}
		for _, s := range c.no {
			if bytes.Contains(got, []byte(s)) {
				t.Errorf("%s gets %q", who, s)
			}
		}
	}
	carried := 0
	for _, e := range h.entries() {
		if e.Verb == access.VerbMeetingCarry && e.Result == "ok" {
			carried++
			if e.ActorID != h.userID("secretariat") || e.MeetingID != second || e.CaseID != h.caseID {
				t.Errorf("%+v", e)
			}
		}
	}
	if carried != 1 {
		t.Errorf("%d entries for one set of rows", carried)
	}
	opened := map[string]bool{}
	for _, e := range h.entries() {
		if e.Verb == access.VerbDocOpen && e.MeetingID == first {
			opened[e.Target] = true
		}
	}
	for _, d := range docs {
		if id, _, _ := live.ParseName(d); !opened[id] {
			t.Errorf("the list showed %s without an entry", d)
		}
	}
	wantKind(t, "another case's meeting", desk.post("/api/meetings/"+first+"/carry", name(rows, left)), fault.Conflict)
}
