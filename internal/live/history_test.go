package live_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/ydoc"
)

// gateOf gives everybody the same rights, which a test may change.
type gateOf struct{ r live.Rights }

func (g *gateOf) Round() live.Gate { return g }

func (g *gateOf) Rights(context.Context, access.Actor, string, live.Meta) (live.Rights, error) {
	return g.r, nil
}

func noNames(kind, id string) string {
	return map[string]string{"agencyag-school": "小学校"}[kind+id]
}

// diary is a document with its store, whose clock goes on by three minutes at each row, so that no two rows are one edit.
type diary struct {
	t     testing.TB
	store *livetest.Memory
	gate  *gateOf
	live  *live.Service
	at    time.Time
}

func newDiary(t testing.TB) *diary {
	d := &diary{t: t, gate: &gateOf{full}, at: clock()}
	now := func() time.Time { return d.at }
	d.store = livetest.NewMemory(now)
	d.store.Seed(meta(live.KindPlan))
	d.live = live.NewService(d.store, d.gate, now)
	return d
}

func (d *diary) write(who access.Actor, pause time.Duration, updates ...[]byte) {
	d.t.Helper()
	for _, u := range updates {
		d.at = d.at.Add(pause)
		out, err := d.store.AppendDocs(context.Background(), []live.Batch{{Tenant: "t1", DocID: "d1", Epoch: 1,
			Rows: []live.Row{{Update: u, ActorID: who.UserID, ActorName: who.Name, AgencyID: who.AgencyID, AgencyName: who.AgencyName}}}})
		if err != nil || out[0].Err != nil {
			d.t.Fatal(err, out)
		}
	}
}

func (d *diary) version(seq int64) live.Version {
	d.t.Helper()
	v, err := d.live.Version(context.Background(), holder, "", "d1", 1, seq, noNames)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func (d *diary) diff(from, to int64) live.Difference {
	d.t.Helper()
	v, err := d.live.Difference(context.Background(), holder, "", "d1", 1, from, to, noNames)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

func (d *diary) restore(who access.Actor, in live.RestoreInput) (live.Restored, error) {
	return d.live.Restore(context.Background(), who, "", "d1", 1, in, noNames)
}

// confirmed lists what a restore would change and then does it.
func (d *diary) confirmed(who access.Actor, seq int64, keys ...string) live.Restored {
	d.t.Helper()
	in := live.RestoreInput{Seq: seq, Keys: keys}
	list, err := d.restore(who, in)
	if err != nil {
		d.t.Fatal(err)
	}
	in.Plan = list.Plan
	out, err := d.restore(who, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// fields are the readable contents of a version.
func fields(v live.Version) map[string]any {
	out := map[string]any{}
	for _, f := range v.Fields {
		if f.Parts != nil {
			out["t:"+f.Key] = f.Shown
		} else {
			out[f.Key] = f.Value
		}
	}
	return out
}

// replayed reads the first rows of the log with a document of its own.
func (d *diary) replayed(seq int64) (*live.Document, map[string]any) {
	d.t.Helper()
	m := meta(live.KindPlan)
	m.Head = seq
	doc, err := live.NewDocument(live.Loaded{Meta: m, Rows: d.store.Rows("t1", "d1")[:seq]})
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]any{}
	for _, k := range doc.Keys() {
		out[k], _ = doc.Value(k)
	}
	for _, k := range doc.TextKeys() {
		out["t:"+k] = doc.Text(k)
	}
	return doc, out
}

// TestHistoryTellsTheTruth: several people edit at once, unseen by each other for a while; every character typed is another one, so the log
// itself tells which row brought it and after which it was gone.
func TestHistoryTellsTheTruth(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(seed, 3))
			d := newDiary(t)
			people := []access.Actor{holder, agency, {Tenant: "t1", UserID: "u-3", Name: "三", AgencyName: "社協"}}
			texts := []string{"wish", "policy", "need/need000001/text"}
			var clients []*livetest.Client
			seen := make([]int, len(people))
			for i := range people {
				clients = append(clients, livetest.NewClient(uint64(10+i)))
			}
			next, wrote := rune(0x4E00), map[rune]int64{}
			for seq := int64(1); seq <= 80; seq++ {
				i := rnd.IntN(len(people))
				if rnd.IntN(3) == 0 { // catches up
					for _, r := range d.store.Rows("t1", "d1")[seen[i]:] {
						if err := clients[i].Apply(r.Update); err != nil {
							t.Fatal(err)
						}
					}
					seen[i] = int(seq - 1)
				}
				key := texts[rnd.IntN(len(texts))]
				u := clients[i].Edit(func(b *ydoc.Builder, doc *ydoc.Doc) {
					txt := doc.Define("t:"+key, ydoc.KindText)
					if n := txt.Len(); n > 2 && rnd.IntN(3) == 0 {
						at := rnd.IntN(n)
						b.TextDelete(txt, at, 1+rnd.IntN(min(3, n-at)))
					}
					s := ""
					for range 1 + rnd.IntN(3) {
						s += string(next)
						wrote[next] = seq
						next++
					}
					b.TextInsert(txt, rnd.IntN(txt.Len()+1), s)
					if rnd.IntN(4) == 0 {
						b.MapSet(doc.Define("v", ydoc.KindMap), "lead", fmt.Sprint("ag", seq))
					}
				})
				d.write(people[i], 3*time.Minute, u)
			}
			log := d.store.Rows("t1", "d1")
			var states []map[string]any
			for seq := range int64(81) {
				_, want := d.replayed(seq)
				states = append(states, want)
				v := d.version(seq)
				if got := fields(v); !reflect.DeepEqual(got, want) {
					t.Fatalf("version %d: %v, want %v", seq, got, want)
				}
				for _, f := range v.Fields {
					for _, p := range f.Parts {
						for _, r := range p.Text {
							if p.By == nil || p.By.ActorID != log[wrote[r]-1].ActorID || p.By.Seq != wrote[r] {
								t.Fatalf("version %d: %c of row %d is said to be by %+v", seq, r, wrote[r], p.By)
							}
						}
					}
				}
			}
			for range 40 {
				from := int64(rnd.IntN(81))
				to := from + int64(rnd.IntN(81-int(from)))
				checkDifference(t, d.diff(from, to), states, wrote, log)
			}
		})
	}
}

func checkDifference(t *testing.T, got live.Difference, states []map[string]any, wrote map[rune]int64, log []live.Row) {
	t.Helper()
	before, after := states[got.From], states[got.To]
	want := 0
	for k, v := range after {
		if before[k] != v {
			want++
		}
	}
	for k := range before {
		if _, ok := after[k]; !ok {
			want++
		}
	}
	if len(got.Fields) != want {
		t.Fatalf("%d..%d: %d fields differ, want %d", got.From, got.To, len(got.Fields), want)
	}
	for _, f := range got.Fields {
		if f.Parts == nil {
			continue
		}
		old, now := "", ""
		for _, p := range f.Parts {
			if p.Op != "ins" {
				old += p.Text
			}
			if p.Op != "del" {
				now += p.Text
			}
			for _, r := range p.Text {
				switch p.Op {
				case "ins":
					if p.By.Seq != wrote[r] {
						t.Fatalf("%c is said to be of row %d, it is of %d", r, p.By.Seq, wrote[r])
					}
				case "del":
					gone := got.From + 1
					for strings.ContainsRune(fmt.Sprint(states[gone]["t:"+f.Key]), r) {
						gone++
					}
					if p.By.Seq != gone || p.By.ActorID != log[gone-1].ActorID {
						t.Fatalf("%c is said to be removed by row %d, it went with %d", r, p.By.Seq, gone)
					}
				}
			}
		}
		if b, _ := before["t:"+f.Key].(string); old != b {
			t.Fatalf("%s: the older text reads %q, want %q", f.Key, old, b)
		}
		if a, _ := after["t:"+f.Key].(string); now != a {
			t.Fatalf("%s: the newer text reads %q, want %q", f.Key, now, a)
		}
	}
}

func TestDifferenceKeepsCharactersWhole(t *testing.T) {
	t.Parallel()
	d := newDiary(t)
	a, b := livetest.NewClient(1), livetest.NewClient(2)
	u := a.Type("wish", "葛城")
	_ = b.Apply(u)
	d.write(holder, 3*time.Minute, u)
	d.write(agency, 3*time.Minute, b.Edit(func(e *ydoc.Builder, doc *ydoc.Doc) {
		e.TextInsert(doc.Define("t:wish", ydoc.KindText), 1, "\U000E0100") // another form of 葛
	}))
	parts := d.diff(1, 2).Fields[0].Parts
	if len(parts) != 3 || parts[0].Text != "葛" || parts[0].Op != "del" || parts[1].Text != "葛\U000E0100" || parts[1].Op != "ins" ||
		parts[1].By.ActorID != agency.UserID || parts[2].Text != "城" || parts[2].Op != "" {
		t.Errorf("%+v", parts)
	}
	if p := d.version(2).Fields[0].Parts; len(p) != 2 || p[0].Text != "葛\U000E0100" || p[0].By.ActorID != agency.UserID || p[1].By.ActorID != holder.UserID {
		t.Errorf("%+v", p)
	}
}

func TestHistoryGroupsByAuthorAndPause(t *testing.T) {
	t.Parallel()
	d := newDiary(t)
	a, b := livetest.NewClient(1), livetest.NewClient(2)
	d.write(holder, time.Minute, a.Type("wish", "あ"), a.Type("wish", "い"), a.Set("lead", "x"))
	d.write(agency, time.Second, b.Type("action/"+row+"/text", "見守り"), b.Set("cell/"+row+"/ag-school/code", "main"))
	d.write(agency, 3*time.Minute, b.Type("policy", "う"))
	h, err := d.live.History(context.Background(), holder, "", "d1", 1, 0, noNames)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, e := range h.Edits {
		got += fmt.Sprintf("%d-%d %s:", e.From, e.To, e.By.ActorID)
		for _, f := range e.Fields {
			got += " " + f.Label
		}
		got += "\n"
	}
	want := "6-6 u-agency: 支援の方針\n4-5 u-agency: 支援項目「見守り」の本文 支援項目「見守り」・小学校の役割\n1-3 u-holder: 主担当機関 本人・家族の意向\n"
	if got != want || h.Head != 6 || !h.Write || h.More {
		t.Errorf("%s%+v", got, h)
	}
	if h, _ = d.live.History(context.Background(), holder, "", "d1", 1, 4, noNames); len(h.Edits) != 1 || h.Edits[0].To != 3 {
		t.Errorf("the page before 4: %+v", h.Edits)
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	d := newDiary(t)
	a := livetest.NewClient(1)
	d.write(holder, time.Minute, a.Type("wish", "家で暮らしたい"), a.Set("lead", "ag-city"), a.Set("need/need000001/ord", "a0"), a.Type("need/need000001/text", "通院")) // 4
	d.write(holder, time.Minute, a.Erase("wish"), a.Type("wish", "施設がよい"), a.Set("lead", "ag-school"), a.Set("need/need000001/del", true),
		a.Set("period_to", "2026-09-30"), a.Set("goal/goal000001/ord", "a0"), a.Type("goal/goal000001/text", "あとから")) // 11
	state := func() map[string]any { _, m := d.replayed(int64(len(d.store.Rows("t1", "d1")))); return m }

	out := d.confirmed(agency, 4, "wish")
	if m := state(); out.Seq != 12 || m["t:wish"] != "家で暮らしたい" || m["lead"] != "ag-school" || len(out.Changes) != 1 {
		t.Errorf("a text: %+v %v", out, m)
	}
	if p := d.version(12).Fields; p[len(p)-1].Parts[0].By.ActorID != agency.UserID {
		t.Errorf("who restores is the author: %+v", p[len(p)-1])
	}
	d.confirmed(holder, 4, "lead")
	d.confirmed(holder, 4, "need/need000001/")
	if m := state(); m["lead"] != "ag-city" || m["need/need000001/del"] != false {
		t.Errorf("a value and a row: %v", m)
	}
	d.confirmed(holder, 4)
	if m := state(); m["period_to"] != nil || m["goal/goal000001/del"] != true || m["t:goal/goal000001/text"] != "あとから" {
		t.Errorf("all: %v", m)
	}
	d.confirmed(holder, 11) // and back again
	if m := state(); m["t:wish"] != "施設がよい" || m["lead"] != "ag-school" || m["need/need000001/del"] != true || m["goal/goal000001/del"] != false || m["period_to"] != "2026-09-30" {
		t.Errorf("undone: %v", m)
	}

	list, err := d.restore(holder, live.RestoreInput{Seq: 4})
	if err != nil || list.Seq != 0 || len(list.Changes) == 0 {
		t.Fatal(list, err)
	}
	rows := len(d.store.Rows("t1", "d1"))
	doc, _ := d.replayed(int64(rows))
	b := doc.Builder()
	b.Text("wish", "ほかの人が書いた")
	u, err := b.Update()
	if err != nil {
		t.Fatal(err)
	}
	d.write(agency, time.Minute, u)
	refused := func(what, code string, who access.Actor, in live.RestoreInput) {
		t.Helper()
		before := len(d.store.Rows("t1", "d1"))
		if _, err := d.restore(who, in); err == nil || live.Code(err) != code || !strings.Contains(fault.Message(err), "。") {
			t.Errorf("%s: %v", what, err)
		}
		if len(d.store.Rows("t1", "d1")) != before {
			t.Errorf("%s: something was written", what)
		}
	}
	refused("changed since it was confirmed", "moved", holder, live.RestoreInput{Seq: 4, Plan: list.Plan})
	d.gate.r = own
	again, err := d.restore(agency, live.RestoreInput{Seq: 4, Keys: []string{"lead"}})
	if err != nil {
		t.Fatal(err)
	}
	refused("header by an agency", live.CodeHeader, agency, live.RestoreInput{Seq: 4, Keys: []string{"lead"}, Plan: again.Plan})
	d.gate.r = live.Rights{Read: true, Reason: "role"}
	refused("a reader", "role", agency, live.RestoreInput{Seq: 4})
	d.gate.r = full
	d.store.Change("t1", "d1", func(m *live.Meta) { m.Frozen = true })
	refused("frozen", live.CodeFrozen, holder, live.RestoreInput{Seq: 4})
}

func TestHistoryAsksTheGate(t *testing.T) {
	t.Parallel()
	d := newDiary(t)
	d.write(holder, time.Minute, livetest.NewClient(1).Type("wish", "秘密"))
	for reason, want := range map[string]fault.Kind{"consent": fault.Forbidden, "member": fault.NotFound} {
		d.gate.r = live.Rights{Reason: reason}
		ctx := context.Background()
		_, e1 := d.live.History(ctx, agency, "", "d1", 1, 0, noNames)
		_, e2 := d.live.Version(ctx, agency, "", "d1", 1, 1, noNames)
		_, e3 := d.live.Difference(ctx, agency, "", "d1", 1, 0, 1, noNames)
		_, e4 := d.restore(agency, live.RestoreInput{})
		for i, err := range []error{e1, e2, e3, e4} {
			if !fault.Is(err, want) {
				t.Errorf("%s, %d: %v", reason, i, err)
			}
		}
	}
}

// BenchmarkHistory reads the history of 10,000 rows in a text of 2,000 characters.
func BenchmarkHistory(b *testing.B) {
	d := newDiary(b)
	people := []access.Actor{holder, agency}
	clients := []*livetest.Client{livetest.NewClient(1), livetest.NewClient(2)}
	rnd := rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		me := i / 10 % 2
		u := clients[me].Edit(func(e *ydoc.Builder, doc *ydoc.Doc) {
			txt := doc.Define("t:wish", ydoc.KindText)
			if n := txt.Len(); n > 2000 {
				e.TextDelete(txt, rnd.IntN(n), 1)
			} else {
				e.TextInsert(txt, rnd.IntN(n+1), "字")
			}
		})
		_ = clients[1-me].Apply(u)
		d.write(people[me], time.Second, u)
	}
	ctx := context.Background()
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("list", func() error { _, err := d.live.History(ctx, holder, "", "d1", 1, 0, noNames); return err })
	run("version", func() error { _, err := d.live.Version(ctx, holder, "", "d1", 1, 9000, noNames); return err })
	run("diff", func() error {
		_, err := d.live.Difference(ctx, holder, "", "d1", 1, 1000, 9000, noNames)
		return err
	})
}

// TestOrdAfter: rows that are put at the end one by one stand in that order, and there is room behind and between them.
func TestOrdAfter(t *testing.T) {
	t.Parallel()
	for _, start := range []string{"", "a0", "zz", "zzz", "~", "z~", "!", "b0z", "V"} {
		last := start
		for range 200 {
			next := live.OrdAfter(last)
			if next <= last || strings.HasSuffix(next, "0") || len(next) > len(start)+40 {
				t.Fatalf("%q after %q", next, last)
			}
			last = next
		}
	}
}

// TestPreparedChange: it is judged like typing, and a document whose readers have changed since the gate was asked takes none.
func TestPreparedChange(t *testing.T) {
	t.Parallel()
	d := newDiary(t)
	ctx := context.Background()
	m, err := d.live.Meta(ctx, "t1", "d1")
	if err != nil {
		t.Fatal(err)
	}
	wish := func(b *live.Builder) error { b.Text("wish", "家で暮らしたい"); return nil }
	batch, err := d.live.Prepare(ctx, holder, m, full, wish)
	if err != nil || len(batch.Rows) != 1 || batch.Rows[0].ActorID != holder.UserID || batch.AccessVersion != m.AccessVersion || len(batch.Clients) != 1 {
		t.Fatalf("%+v %v", batch, err)
	}
	if n := len(d.store.Rows("t1", "d1")); n != 0 {
		t.Errorf("%d rows before anybody committed", n)
	}
	out, err := d.live.Append(ctx, []live.Batch{batch})
	if err != nil || out[0].Err != nil {
		t.Fatal(out, err)
	}
	if doc, err := d.live.Load(ctx, "t1", "d1"); err != nil || doc.Text("wish") != "家で暮らしたい" {
		t.Errorf("%v", err)
	}
	if again, err := d.live.Prepare(ctx, holder, m, full, wish); err != nil || len(again.Rows) != 0 {
		t.Errorf("nothing to change: %+v %v", again, err)
	}
	lead := func(b *live.Builder) error { b.Set("lead", "ag-city"); return nil }
	if _, err := d.live.Prepare(ctx, agency, m, live.Rights{Read: true, Write: true, OwnAgencyOnly: true}, lead); live.Code(err) != live.CodeHeader {
		t.Errorf("a header by an agency: %v", err)
	}
	if _, err := d.live.Prepare(ctx, holder, m, live.Rights{Read: true, Reason: "closed"}, lead); !fault.Is(err, fault.Forbidden) {
		t.Errorf("without the right to write: %v", err)
	}
	d.store.Change("t1", "d1", func(m *live.Meta) { m.AccessVersion++ })
	if _, err := d.live.Prepare(ctx, holder, m, full, lead); !fault.Is(err, fault.Conflict) {
		t.Errorf("readers changed: %v", err)
	}
}

// TestFilledBetween: what a document held at some moment of a span, also what was taken out since, and nothing that came later or was gone before.
func TestFilledBetween(t *testing.T) {
	t.Parallel()
	now := clock()
	at := func(minutes int) time.Time { return clock().Add(time.Duration(minutes) * time.Minute) }
	store := livetest.NewMemory(func() time.Time { return now })
	store.Seed(meta(live.KindPlan))
	ctx := context.Background()
	s := live.NewService(store, openGate{full}, func() time.Time { return now })
	for i, write := range []func(b *live.Builder){
		func(b *live.Builder) { b.Text("wish", "家で暮らしたい") },
		func(b *live.Builder) { b.Set("lead", "ag-city"); b.Text("wish", "") },
		func(b *live.Builder) { b.Text("risk", "転倒") },
		func(b *live.Builder) { b.Set("lead", ""); b.Text("risk", "") },
	} {
		now = at(10 * (i + 1))
		if a, err := s.ServerWrite(ctx, holder, "d1", func(b *live.Builder) error { write(b); return nil }); err != nil || a.Err != nil {
			t.Fatal(a, err)
		}
	}
	names := func(string, string) string { return "" }
	for _, c := range []struct {
		from, to int
		want     []string
	}{{0, 5, nil}, {0, 10, []string{"本人・家族の意向"}}, {10, 15, []string{"本人・家族の意向"}}, {15, 25, []string{"主担当機関", "本人・家族の意向"}}, {20, 25, []string{"主担当機関"}}, {25, 35, []string{"主担当機関", "緊急時・リスク対応"}}, {40, 60, nil},
		{-60, 60, []string{"主担当機関", "緊急時・リスク対応", "本人・家族の意向"}}} {
		got, err := s.FilledBetween(ctx, "t1", "d1", at(c.from), at(c.to), names)
		slices.Sort(c.want)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%d–%d: %v, want %v; %v", c.from, c.to, got, c.want, err)
		}
	}
	if _, err := s.FilledBetween(ctx, "t2", "d1", at(0), at(60), names); !fault.Is(err, fault.NotFound) {
		t.Errorf("of another municipality: %v", err)
	}
}
