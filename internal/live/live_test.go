package live_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/live/livetest"
	"kasane/internal/seedtest"
	"kasane/internal/text"
	"kasane/internal/ydoc"
)

var (
	holder = access.Actor{Tenant: "t1", UserID: "u-holder", Name: "山田 花子", AgencyID: "ag-city", Roles: []access.Role{access.RoleSecretariat}}
	agency = access.Actor{Tenant: "t1", UserID: "u-agency", Name: "髙橋 \uFA10", AgencyID: "ag-school", Roles: []access.Role{access.RoleAgency}}
	full   = live.Rights{Read: true, Write: true}
	own    = live.Rights{Read: true, Write: true, OwnAgencyOnly: true}
	clock  = func() time.Time { return time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC) }
)

const row = "action0001"

func meta(kind live.Kind) live.Meta {
	return live.Meta{Tenant: "t1", ID: "d1", Epoch: 1, Kind: kind, CaseID: "c1", AccessVersion: 1}
}

func empty(t *testing.T, kind live.Kind) *live.Document {
	t.Helper()
	d, err := live.NewDocument(live.Loaded{Meta: meta(kind)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCheckSchemaAndRights(t *testing.T) {
	t.Parallel()
	set := func(key string, v any) func() []byte {
		return func() []byte { return livetest.NewClient(7).Set(key, v) }
	}
	typ := func(key, s string) func() []byte {
		return func() []byte { return livetest.NewClient(7).Type(key, s) }
	}
	edit := func(f func(*ydoc.Builder, *ydoc.Doc)) func() []byte {
		return func() []byte { return livetest.NewClient(7).Edit(f) }
	}
	cell := "cell/" + row + "/"
	cases := []struct {
		name   string
		kind   live.Kind
		rights live.Rights
		update func() []byte
		code   string // "" = taken
	}{
		{"plan prose", live.KindPlan, own, typ("wish", "家で暮らしたい\n\t𠮷野家"), ""},
		{"plan header", live.KindPlan, full, set("lead", "ag-city"), ""},
		{"plan header by an agency", live.KindPlan, own, set("lead", "ag-school"), live.CodeHeader},
		{"date", live.KindPlan, full, set("period_to", "2026-09-30"), ""},
		{"no date", live.KindPlan, full, set("period_to", "9月末"), live.CodeSchema},
		{"row", live.KindPlan, own, set("need/need000001/ord", "a0"), ""},
		{"short row id", live.KindPlan, own, set("need/1/ord", "a0"), live.CodeSchema},
		{"order that is no key", live.KindPlan, own, set("need/need000001/ord", ""), live.CodeSchema},
		{"del that is no bool", live.KindPlan, own, set("need/need000001/del", "true"), live.CodeSchema},
		{"unknown row kind", live.KindPlan, full, set("point/need000001/ord", "a0"), live.CodeSchema},
		{"unknown scalar", live.KindPlan, full, set("need/need000001/x", "1"), live.CodeSchema},
		{"own cell", live.KindPlan, own, set(cell+"ag-school/code", "main"), ""},
		{"own cell text", live.KindPlan, own, typ(cell+"ag-school/content", "登校の付き添い"), ""},
		{"other cell", live.KindPlan, own, set(cell+"ag-city/code", "main"), live.CodeColumn},
		{"other cell text", live.KindPlan, own, typ(cell+"self/content", "x"), live.CodeColumn},
		{"other cell by a holder", live.KindPlan, full, set(cell+"ag-school/code", "main"), ""},
		{"unknown code", live.KindPlan, full, set(cell+"ag-school/code", "◎"), live.CodeSchema},
		{"minutes", live.KindMinutes, own, typ("point/point00001/conclusion", "見守る"), ""},
		{"minutes in a plan", live.KindPlan, full, typ("point/point00001/conclusion", "見守る"), live.CodeSchema},
		{"sheet field", live.KindSection, full, set("f/A-1_b", 3), ""},
		{"sheet field by an agency", live.KindSection, own, set("f/A1", 3), live.CodeHeader},
		{"no write", live.KindPlan, live.Rights{Read: true, Reason: "closed"}, typ("wish", "x"), "closed"},
		{"no read", live.KindPlan, live.Rights{Write: true}, typ("wish", "x"), live.CodeReadOnly},
		{"nested map", live.KindPlan, full, edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.MapSetMap(d.Root("v"), "lead") }), live.CodeSchema},
		{"array value", live.KindPlan, full, set("programs", []any{"a"}), live.CodeSchema},
		{"bytes", live.KindPlan, full, set("programs", []byte("a")), live.CodeSchema},
		{"bigint", live.KindPlan, full, set("programs", ydoc.BigInt(1)), live.CodeSchema},
		{"unknown root", live.KindPlan, full, edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.MapSet(d.Root("w"), "lead", "x") }), live.CodeSchema},
		{"list in a text", live.KindPlan, full, edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.ArrayPush(d.Root("t:wish"), "x") }), live.CodeSchema},
		{"map in a text", live.KindPlan, full, edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.MapSet(d.Root("t:wish"), "x", "x") }), live.CodeSchema},
		{"bidi", live.KindPlan, full, typ("wish", "a\u202eb"), live.CodeText},
		{"control", live.KindPlan, full, typ("wish", "a\x07b"), live.CodeText},
		{"carriage return", live.KindPlan, full, typ("wish", "a\r\nb"), live.CodeText},
		{"private use", live.KindPlan, full, typ("wish", "a\uE000b"), live.CodeText},
		{"private use, plane 15", live.KindPlan, full, set("lead", "\U000F0000"), live.CodeText},
		{"個人番号", live.KindPlan, full, typ("wish", "番号は 1234-5678-9018"), live.CodeMyNumber},
		{"個人番号 in a value", live.KindPlan, full, set("programs", "１２３４５６７８９０１８"), live.CodeMyNumber},
		{"twelve digits of another kind", live.KindPlan, full, typ("wish", "K123456789018 123456789012"), ""},
		{"ideographic variation", live.KindPlan, full, typ("wish", "邉\U000E0100"), ""},
		{"long cell", live.KindPlan, full, typ(cell+"ag-school/content", strings.Repeat("あ", 2001)), live.CodeTooLarge},
		{"long scalar", live.KindPlan, full, set("lead", strings.Repeat("x", 4001)), live.CodeTooLarge},
		{"garbage", live.KindPlan, full, func() []byte { return []byte{1, 2, 3} }, live.CodeMalformed},
		{"empty", live.KindPlan, live.Rights{}, func() []byte { return []byte{0, 0} }, ""},
		{"structs that lie nowhere", live.KindPlan, full, func() []byte { return []byte{1, 1, 9, 0, 0, 5, 0} }, live.CodeForged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := empty(t, c.kind)
			before, _ := d.Canonical()
			ch, err := d.Check(agency, c.rights, c.update())
			if after, _ := d.Canonical(); !bytes.Equal(before, after) {
				t.Fatal("Check changed the document")
			}
			if err == nil {
				_, err = d.Apply(ch)
			}
			switch {
			case c.code == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case c.code != "" && (err == nil || live.Code(err) != c.code):
				t.Fatalf("got %v (code %s), want code %s", err, live.Code(err), c.code)
			case c.code != "" && !strings.HasSuffix(fault.Message(err), "。"):
				t.Fatalf("no message for people: %q", fault.Message(err))
			}
		})
	}
}

// Twelve digits that come to stand together because what divided them was deleted are an 個人番号 too; taking one out is always possible.
func TestMyNumberByDeletion(t *testing.T) {
	t.Parallel()
	cut := func(c *livetest.Client, at, n int) []byte {
		return c.Edit(func(b *ydoc.Builder, d *ydoc.Doc) { b.TextDelete(d.Define("t:wish", ydoc.KindText), at, n) })
	}
	for name, typed := range map[string]string{"letter before": "K123456789018", "thirteenth digit": "1234567890181", "comma": "123456,789018"} {
		d, c := empty(t, live.KindPlan), livetest.NewClient(7)
		take := func(update []byte) error {
			ch, err := d.Check(agency, full, update)
			if err == nil {
				_, err = d.Apply(ch)
			}
			return err
		}
		if err := take(c.Type("wish", typed)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		at := map[string]int{"letter before": 0, "thirteenth digit": 12, "comma": 6}[name]
		if err := take(cut(c, at, 1)); live.Code(err) != live.CodeMyNumber || !strings.Contains(fault.Message(err), "個人番号") {
			t.Errorf("%s: %v", name, err)
		}
	}
	d, c := empty(t, live.KindPlan), livetest.NewClient(7)
	for i, update := range [][]byte{c.Type("wish", "K123456789018 あ"), cut(c, 1, 4), cut(c, 0, 1)} {
		ch, err := d.Check(agency, full, update)
		if err == nil {
			_, err = d.Apply(ch)
		}
		if err != nil {
			t.Errorf("step %d: %v", i, err)
		}
	}
}

func TestCheckBindsClients(t *testing.T) {
	t.Parallel()
	d := empty(t, live.KindPlan)
	a := livetest.NewClient(7)
	take := func(actor access.Actor, u []byte) error {
		ch, err := d.Check(actor, full, u)
		if err == nil {
			_, err = d.Apply(ch)
		}
		return err
	}
	if err := take(holder, a.Type("wish", "あ")); err != nil {
		t.Fatal(err)
	}
	forged := a.Type("wish", "い")
	if err := take(agency, forged); live.Code(err) != live.CodeForged {
		t.Fatalf("another user's client id: %v", err)
	}
	if err := take(holder, forged); err != nil {
		t.Fatalf("its owner: %v", err)
	}
	if err := take(agency, forged); err != nil {
		t.Fatalf("what is known already is nobody's forgery: %v", err)
	}
	if d.Author(7) != holder.UserID {
		t.Fatalf("bound to %q", d.Author(7))
	}
	b := livetest.NewClient(8)
	b.Type("wish", "missing")
	if _, err := d.Check(holder, full, b.Type("wish", "later")); !errors.Is(err, live.ErrGap) {
		t.Fatalf("gap: %v", err)
	}
	if d.Spoiled() {
		t.Fatal("refusals before Apply must not spoil")
	}
}

func TestTextWrittenAndErasedBeforeSending(t *testing.T) {
	t.Parallel()
	d := empty(t, live.KindPlan)
	c := livetest.NewClient(7)
	c.Type("wish", "まちがい")
	c.Erase("wish")
	all, err := c.Doc.Encode([]byte{0})
	if err != nil {
		t.Fatal(err)
	}
	ch, err := d.Check(agency, own, all)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Apply(ch); err != nil {
		t.Fatal(err)
	}
	if d.Text("wish") != "" {
		t.Fatal("text came back")
	}
}

func TestFrozenTakesNothingNew(t *testing.T) {
	t.Parallel()
	d := empty(t, live.KindPlan)
	c := livetest.NewClient(7)
	u := c.Type("wish", "あ")
	ch, err := d.Check(holder, full, u)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Apply(ch); err != nil {
		t.Fatal(err)
	}
	d.SetMeta(true, 2)
	if _, err := d.Check(holder, full, u); err != nil {
		t.Fatalf("sent again: %v", err)
	}
	if _, err := d.Check(holder, full, c.Type("wish", "い")); live.Code(err) != live.CodeFrozen || !fault.Is(err, fault.Conflict) {
		t.Fatalf("new: %v", err)
	}
}

func TestLoadRefusesWhatIsNotWhole(t *testing.T) {
	t.Parallel()
	c := livetest.NewClient(7)
	rows := []live.Row{{Seq: 1, Update: c.Type("wish", "あ"), ActorID: "u"}, {Seq: 2, Update: c.Type("wish", "い"), ActorID: "u"},
		{Seq: 3, Update: c.Type("wish", "う"), ActorID: "u"}}
	m := meta(live.KindPlan)
	m.Head = 3
	for name, l := range map[string]live.Loaded{
		"row missing":       {Meta: m, Rows: []live.Row{rows[0], rows[2]}},
		"first row missing": {Meta: m, Rows: rows[1:]},
		"last row missing":  {Meta: m, Rows: rows[:2]},
		"row is garbage":    {Meta: m, Rows: []live.Row{rows[0], {Seq: 2, Update: []byte{9}}, rows[2]}},
		"row depends on none": {Meta: live.Meta{Tenant: "t1", ID: "d1", Epoch: 1, Kind: live.KindPlan, Head: 1},
			Rows: []live.Row{{Seq: 1, Update: rows[2].Update}}},
		"snapshot missing": {Meta: m, SnapSeq: 3},
		"snapshot garbage": {Meta: m, SnapSeq: 3, Snapshot: []byte{1}},
	} {
		if d, err := live.NewDocument(l); err == nil || d != nil {
			t.Errorf("%s: loaded", name)
		}
	}
	d, err := live.NewDocument(live.Loaded{Meta: m, Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	if d.Text("wish") != "あいう" || d.Seq() != 3 {
		t.Fatalf("read %q at %d", d.Text("wish"), d.Seq())
	}
	if _, err := d.Replay(live.Row{Seq: 5, Update: []byte{0, 0}}); !errors.Is(err, live.ErrGap) {
		t.Fatalf("gap: %v", err)
	}
	if n, err := d.Replay(rows[1]); n != nil || err != nil {
		t.Fatalf("duplicate: %v %v", n, err)
	}
}

type openGate struct{ r live.Rights }

func (g openGate) Round() live.Gate { return g }

func (g openGate) Rights(context.Context, access.Actor, string, live.Meta) (live.Rights, error) {
	return g.r, nil
}

func TestServiceOpen(t *testing.T) {
	t.Parallel()
	store := livetest.NewMemory(clock)
	store.Seed(meta(live.KindPlan))
	ctx := context.Background()
	yes := live.NewService(store, openGate{full}, clock)
	if _, r, err := yes.Open(ctx, holder, "", "d1", 1); err != nil || !r.Write {
		t.Fatalf("%+v %v", r, err)
	}
	if _, _, err := yes.Open(ctx, holder, "", "d1", 2); live.Code(err) != live.CodeEpoch {
		t.Fatalf("epoch: %v", err)
	}
	if _, _, err := yes.Open(ctx, holder, "", "d2", 1); !fault.Is(err, fault.NotFound) {
		t.Fatalf("unknown: %v", err)
	}
	stranger := holder
	stranger.Tenant = "t2"
	if _, _, err := yes.Open(ctx, stranger, "", "d1", 1); !fault.Is(err, fault.NotFound) {
		t.Fatalf("another municipality: %v", err)
	}
	if _, _, err := yes.Open(ctx, access.Actor{}, "", "d1", 1); err == nil {
		t.Fatal("nobody was let in")
	}
	no := live.NewService(store, openGate{live.Rights{Reason: "consent"}}, clock)
	if m, _, err := no.Open(ctx, agency, "", "d1", 1); !fault.Is(err, fault.Forbidden) || live.Code(err) != "consent" || m.CaseID != "c1" {
		t.Fatalf("gate says no: %+v %v", m, err)
	}
	store.Change("t1", "d1", func(m *live.Meta) { m.Frozen = true })
	if _, r, err := yes.Open(ctx, holder, "", "d1", 1); err != nil || r.Write || r.Reason != live.CodeFrozen {
		t.Fatalf("frozen: %+v %v", r, err)
	}
}

func TestServerWriteCompactAuthors(t *testing.T) {
	t.Parallel()
	store := livetest.NewMemory(clock)
	store.Seed(meta(live.KindPlan))
	ctx := context.Background()
	s := live.NewService(store, openGate{full}, clock)
	var told []string
	s.OnWrite(func(tenant, id string) { told = append(told, tenant+"/"+id) })
	write := func(b *live.Builder) error {
		b.Text("wish", "家で暮らしたい")
		b.Row("need", "need000002", live.Ord(1), map[string]any{"code": "02"}, map[string]string{"text": "家計"})
		b.Row("need", "need000001", live.Ord(0), map[string]any{"code": "01"}, map[string]string{"text": "通院"})
		b.Cell(row, live.ColumnSelf, map[string]any{"code": "self"}, map[string]string{"content": "薬を飲む"})
		return nil
	}
	// The first attempt loses a race with a busy database.
	n := 0
	store.BeforeAppend(func([]live.Batch) error {
		if n++; n == 1 {
			return fault.New(fault.Unavailable, "")
		}
		return nil
	})
	if a, err := s.ServerWrite(ctx, holder, "d1", write); err != nil || a.From != 1 || a.To != 1 {
		t.Fatalf("%+v %v", a, err)
	}
	if a, err := s.ServerWrite(ctx, holder, "d1", write); err != nil || a.To != 0 {
		t.Fatalf("writing the same again: %+v %v", a, err)
	}
	if _, err := s.ServerWrite(ctx, agency, "d1", func(b *live.Builder) error { b.Text("wish", "家で静かに暮らしたい"); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ServerWrite(ctx, holder, "d1", func(b *live.Builder) error { b.Set("nonsense", 1); return nil }); live.Code(err) != live.CodeSchema {
		t.Fatalf("schema: %v", err)
	}
	if fmt.Sprint(told) != "[t1/d1 t1/d1]" {
		t.Fatalf("told %v", told)
	}

	d, err := s.ReadDocument(ctx, "t1", "d1")
	if err != nil {
		t.Fatal(err)
	}
	if rows := d.Rows("need"); len(rows) != 2 || rows[0].ID != "need000001" || rows[1].ID != "need000002" {
		t.Fatalf("rows %+v", rows)
	}
	authors, err := s.Authors(ctx, "t1", "d1")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range d.Passages("wish", authors) {
		got = append(got, p.Author.ActorID+":"+p.Text)
	}
	if want := []string{"u-holder:家で", "u-agency:静かに", "u-holder:暮らしたい"}; !slices.Equal(got, want) {
		t.Fatalf("passages %v", got)
	}
	if a, ok := d.Wrote("need/need000001/code", authors); !ok || a.ActorID != holder.UserID {
		t.Fatalf("wrote %+v", a)
	}

	_, before := d.Canonical()
	if done, err := s.Compact(ctx, "t1", "d1"); err != nil || !done {
		t.Fatalf("compact: %v %v", done, err)
	}
	if done, err := s.Compact(ctx, "t1", "d1"); err != nil || done {
		t.Fatalf("nothing to compact: %v %v", done, err)
	}
	l, err := store.LoadDoc(ctx, "t1", "d1")
	if err != nil || len(l.Rows) != 0 || l.SnapSeq != 2 {
		t.Fatalf("after the snapshot: %d rows, at %d, %v", len(l.Rows), l.SnapSeq, err)
	}
	d, err = s.ReadDocument(ctx, "t1", "d1")
	if err != nil {
		t.Fatal(err)
	}
	if _, after := d.Canonical(); after != before {
		t.Fatal("compaction changed the document")
	}
	if len(store.Rows("t1", "d1")) != 2 {
		t.Fatal("compaction removed rows")
	}

	store.Change("t1", "d1", func(m *live.Meta) { m.Frozen = true })
	if _, err := s.ServerWrite(ctx, holder, "d1", func(b *live.Builder) error { b.Text("risk", "x"); return nil }); live.Code(err) != live.CodeFrozen {
		t.Fatalf("frozen: %v", err)
	}
}

// TestDocumentLimit: overwriting does not use a document up, writing does.
func TestDocumentLimit(t *testing.T) {
	t.Parallel()
	d, c := empty(t, live.KindPlan), livetest.NewClient(7)
	take := func(u []byte) error {
		ch, err := d.Check(holder, full, u)
		if err == nil {
			_, err = d.Apply(ch)
		}
		return err
	}
	value := strings.Repeat("x", 4000)
	for range 2 * live.MaxDocument / len(value) {
		if err := take(c.Set("lead", value)); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	for i := 0; err == nil && i < 2*live.MaxDocument/len(value); i++ {
		err = take(c.Set(fmt.Sprintf("need/need%06d/code", i), value))
	}
	if live.Code(err) != live.CodeTooLarge || d.Spoiled() {
		t.Fatalf("no limit: %v", err)
	}
}

func TestRowsSkipDeleted(t *testing.T) {
	t.Parallel()
	d := empty(t, live.KindPlan)
	b := d.Builder()
	b.Row("need", "need00000b", "a1", nil, nil)
	b.Row("need", "need00000a", "a1", nil, nil)
	b.Row("need", "need00000c", "Zz", nil, nil)
	b.Row("need", "need00000d", "a0", map[string]any{"del": true}, nil)
	b.Set("need/need00000e/code", "01") // never got an order: does not exist
	if _, err := b.Update(); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, l := range d.Rows("need") {
		ids = append(ids, l.ID)
	}
	if want := []string{"need00000c", "need00000a", "need00000b"}; !slices.Equal(ids, want) {
		t.Fatalf("rows %v, want %v", ids, want)
	}
}

// TestBuilderTextKeepsWhatIsCommon holds Text against random rewrites.
func TestBuilderTextKeepsWhatIsCommon(t *testing.T) {
	t.Parallel()
	seed := seedtest.Seed(t)
	r := rand.New(rand.NewPCG(seed, 1))
	d := empty(t, live.KindPlan)
	alphabet := []rune("ab𠮷𠮸か\n")
	for range 300 {
		s := make([]rune, r.IntN(12))
		for i := range s {
			s[i] = alphabet[r.IntN(len(alphabet))]
		}
		b := d.Builder()
		b.Text("wish", string(s))
		if _, err := b.Update(); err != nil {
			t.Fatal(err)
		}
		if d.Text("wish") != string(s) {
			t.Fatalf("%q reads %q", string(s), d.Text("wish"))
		}
	}
}

func TestOrdIsSorted(t *testing.T) {
	t.Parallel()
	for i := 1; i < 3000; i++ {
		if live.Ord(i-1) >= live.Ord(i) {
			t.Fatalf("%s then %s", live.Ord(i-1), live.Ord(i))
		}
	}
}

func TestParseName(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{"abc.1": true, "a-b.20": true, "abc": false, "abc.0": false, "abc.01": false, "abc.-1": false, "a/b.1": false, ".1": false, "abc.1.2": false} {
		if _, _, got := live.ParseName(name); got != ok {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func FuzzCheck(f *testing.F) {
	c := livetest.NewClient(7)
	f.Add(c.Type("wish", "あ"))
	f.Add(c.Set("need/need000001/ord", "a0"))
	f.Add([]byte{1, 1, 9, 0, 0, 5, 0})
	f.Fuzz(func(t *testing.T, update []byte) {
		d, err := live.NewDocument(live.Loaded{Meta: meta(live.KindPlan)})
		if err != nil {
			t.Fatal(err)
		}
		ch, err := d.Check(agency, own, update)
		if err != nil {
			return
		}
		if _, err := d.Apply(ch); err != nil {
			return
		}
		for _, k := range d.TextKeys() {
			if text.Check(d.Text(k)) != nil {
				t.Fatalf("hostile text in %s", k)
			}
		}
		for _, k := range d.Keys() {
			if _, ok := d.Value(k); !ok {
				t.Fatalf("no scalar at %s", k)
			}
		}
	})
}
