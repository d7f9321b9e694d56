package casesheets_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kasane/internal/access"
	"kasane/internal/casesheets"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/live"
	"kasane/internal/oversight"
	"kasane/internal/seedtest"
	"kasane/internal/sheets"
	"kasane/internal/store/storetest"
	"kasane/internal/tables"
)

const xlsx, csvForm = tables.FormXLSX, tables.FormCSV

// paperOut is a sheet that went out to be written in.
type paperOut struct {
	d     *desk
	form  string
	as    tables.Form
	file  []byte
	name  string // of its sheet
	rows  [][]string
	write int // column
}

func (d *desk) out(a access.Actor, w casesheets.Wish, as tables.Form) *paperOut {
	d.Helper()
	file, _, err := d.svc.Fill(d.ctx, a, "c1", w, as)
	d.ok(err)
	return d.opened(w.Form, as, file)
}

func (d *desk) opened(form string, as tables.Form, file []byte) *paperOut {
	d.Helper()
	read, err := tables.Open(file)
	d.ok(err)
	p := &paperOut{d: d, form: form, as: as, file: file, name: read.Sheets[0].Name, rows: read.Sheets[0].Rows, write: -1}
	for _, r := range p.rows {
		if i := slices.Index(r, "記入欄"); i >= 0 && p.write < 0 {
			p.write = i
		}
	}
	return p
}

// marked are the rows that Kasane wrote: row → the parts of their mark.
func (p *paperOut) marked() map[int][]string {
	out := map[int][]string{}
	for i, r := range p.rows {
		if n := len(r) - 1; n > 0 && strings.HasPrefix(r[n], "KASANE1|") {
			out[i] = strings.Split(r[n], "|")
		}
	}
	return out
}

// row finds the row of a field: of somebody, by its field and part.
func (p *paperOut) row(person, field, part string) int {
	p.d.Helper()
	for i, k := range p.marked() {
		if k[4] == person && k[5] == field && k[6] == part {
			return i
		}
	}
	p.d.Fatalf("no row %s %s %q", person, field, part)
	return -1
}

// with is the file with cells of the column to be written in set, by row.
func (p *paperOut) with(cells map[int]string) []byte { return p.set(p.write, cells) }

func (p *paperOut) set(column int, cells map[int]string) []byte {
	p.d.Helper()
	if p.as == xlsx {
		x, err := excelize.OpenReader(bytes.NewReader(p.file))
		p.d.ok(err)
		for r, s := range cells {
			at, err := excelize.CoordinatesToCellName(column+1, r+1)
			p.d.ok(err)
			p.d.ok(x.SetCellStr(p.name, at, s))
		}
		out, err := x.WriteToBuffer()
		p.d.ok(err)
		return out.Bytes()
	}
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	for i, r := range p.rows {
		r = slices.Clone(r)
		if s, ok := cells[i]; ok {
			for len(r) <= column {
				r = append(r, "")
			}
			r[column] = s
		}
		p.d.ok(w.Write(r))
	}
	w.Flush()
	return buf.Bytes()
}

func (p *paperOut) look(a access.Actor, file []byte) casesheets.Preview {
	p.d.Helper()
	v, err := p.d.svc.Look(p.d.ctx, a, "c1", p.form, casesheets.File{Name: "表.xlsx", Bytes: file})
	p.d.ok(err)
	return v
}

// take writes all changes without a conflict.
func (p *paperOut) take(a access.Actor, file []byte) casesheets.Taken {
	p.d.Helper()
	v := p.look(a, file)
	var keys []string
	for _, c := range v.Changes {
		if !c.Conflict {
			keys = append(keys, c.Key)
		}
	}
	t, err := p.d.svc.Take(p.d.ctx, a, "c1", p.form, casesheets.File{Name: "表.xlsx", Bytes: file}, casesheets.Order{Plan: v.Plan, Keys: keys})
	p.d.ok(err)
	return t
}

// content is everything that stands in the sheets of the case: person/key → value.
func (d *desk) content() map[string]string {
	d.Helper()
	out := map[string]string{}
	for owner, person := range map[string]string{"c1": "", "p1": "p1", "p2": "p2"} {
		list, err := d.store.OwnedDocs(d.ctx, tenant, live.KindSection, owner)
		d.ok(err)
		for _, m := range list {
			if m.Head == 0 {
				continue
			}
			doc, err := d.docs.ReadDocument(d.ctx, tenant, m.ID)
			d.ok(err)
			for _, k := range doc.TextKeys() {
				out[person+":"+k] = doc.Text(k)
			}
			for _, k := range doc.Keys() {
				v, _ := doc.Value(k)
				if v != nil && v != "" && v != false && v != "[]" {
					out[person+":"+k] = fmt.Sprint(v)
				}
			}
		}
	}
	return out
}

// said is a random thing to be written into a field, and what its document holds then.
func said(r *rand.Rand, set sheets.Set, f sheets.Field) (cell, held string) {
	switch f.Type {
	case sheets.TypeDate:
		day := time.Date(1990+r.IntN(40), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		for _, c := range []string{"2006-01-02", "2006/1/2", "2006年1月2日"} {
			if cell = day.Format(c); r.IntN(2) == 0 {
				break
			}
		}
		if day.Year() > 2019 && r.IntN(2) == 0 {
			cell = fmt.Sprintf("R%d.%d.%d", day.Year()-2018, day.Month(), day.Day())
		}
		return cell, day.Format(time.DateOnly)
	case sheets.TypeOne:
		l, _ := set.List(f.Codes)
		c := l.Codes[r.IntN(len(l.Codes))]
		return c.Label, c.Code
	case sheets.TypeInt:
		n := r.IntN(90)
		return fmt.Sprint(n), fmt.Sprint(n)
	case sheets.TypeYen:
		n := 1000 + r.IntN(9000)
		return fmt.Sprintf("%d,%03d円", n/1000, n%1000), fmt.Sprint(n)
	case sheets.TypeAgency:
		return "就労支援センター", "a3"
	case sheets.TypeBool:
		return "○", "true"
	}
	words := []string{"=1+1", "'=x", "渡邉\U000E0100", "𠮷野家", "a,b\"c", "改行なし", "_x0041_", "＋1", "00123", "同居 の 父"}
	cell = words[r.IntN(len(words))] + fmt.Sprint(r.IntN(1000))
	if f.Type == sheets.TypeMemo {
		cell += "\n二行目"
	}
	return cell, cell
}

// A sheet that comes back as it went out changes nothing; after edits at random exactly these fields have changed, to exactly what was written, on both engines, in every
// form of the file.
func TestASheetComesBack(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			s, clock := storetest.Open(t, engine)
			d := newDeskOn(t, s, clock)
			d.fill()
			r := rand.New(rand.NewPCG(seedtest.Seed(t), 50))
			for round, at := range []struct {
				form string
				as   tables.Form
			}{{"uketsuke", xlsx}, {"assessment", csvForm}, {"assessment", xlsx}, {"joining_plan", csvForm}, {"outreach_plan", xlsx}} {
				p := d.out(d.holder, casesheets.Wish{Form: at.form}, at.as)
				if v := p.look(d.holder, p.file); len(v.Changes)+len(v.Troubles) != 0 || v.Fields == 0 {
					t.Fatalf("%v unchanged: %+v", at, v)
				}
				want, cells := d.content(), map[int]string{}
				rows := slices.Sorted(maps.Keys(p.marked()))
				for range 8 {
					d.edit(r, p, rows[r.IntN(len(rows))], cells, want)
				}
				file := p.with(cells)
				v := p.look(d.holder, file)
				if len(v.Troubles) != 0 {
					t.Fatalf("%v: %+v of %v", at, v.Troubles, cells)
				}
				d.sameChanges(v, d.content(), want)
				if after := d.content(); round == 0 && maps.Equal(after, want) {
					t.Fatal("nothing was edited")
				}
				p.take(d.holder, file)
				if got := d.content(); !maps.Equal(got, want) {
					t.Fatalf("%v: after %v\n%v\n%v", at, cells, got, want)
				}
				if v := p.look(d.holder, file); len(v.Changes) != 0 {
					t.Fatalf("taken twice: %+v", v.Changes)
				}
			}
		})
	}
}

// sameChanges: the preview names the fields in which the record would differ, and no other.
func (d *desk) sameChanges(v casesheets.Preview, before, after map[string]string) {
	d.Helper()
	want := map[string]bool{}
	for k := range after {
		if before[k] != after[k] {
			want[k] = true
		}
	}
	for k := range before {
		if before[k] != after[k] {
			want[k] = true
		}
	}
	got := map[string]bool{}
	for _, c := range v.Changes {
		got[c.Key] = true
		if c.Conflict {
			d.Errorf("a conflict with nobody: %+v", c)
		}
	}
	if !maps.Equal(got, want) {
		d.Fatalf("changes %v, want %v", got, want)
	}
}

// edit writes something into a row, and into what is expected; one in five is emptied.
func (d *desk) edit(r *rand.Rand, p *paperOut, row int, cells map[int]string, want map[string]string) {
	d.Helper()
	if _, done := cells[row]; done {
		return
	}
	set := d.now.At("2026-11-23")
	k := p.marked()[row]
	f, ok := set.Field(k[5])
	if !ok {
		d.Fatalf("no field %s", k[5])
	}
	key := k[4] + ":" + f.Key()
	if code, choice := strings.CutPrefix(k[6], "="); choice {
		codes, err := sheets.Choices(want[key])
		d.ok(err)
		if slices.Contains(codes, code) {
			cells[row], codes = "", slices.DeleteFunc(codes, func(x string) bool { return x == code })
		} else {
			cells[row], codes = []string{"○", "〇", "はい", "1"}[r.IntN(4)], append(codes, code)
		}
		l, _ := set.List(f.Codes)
		slices.SortFunc(codes, func(a, b string) int {
			at := func(x string) int { return slices.IndexFunc(l.Codes, func(c sheets.Code) bool { return c.Code == x }) }
			return at(a) - at(b)
		})
		if want[key] = ""; len(codes) == 0 {
			delete(want, key)
			return
		}
		b, _ := json.Marshal(codes)
		want[key] = string(b)
		return
	}
	if k[6] == "+" {
		key, f = k[4]+":"+f.OtherKey(), sheets.Field{Type: sheets.TypeText}
	}
	if r.IntN(5) == 0 {
		cells[row] = ""
		delete(want, key)
		return
	}
	cells[row], want[key] = said(r, set, f)
	if f.Type == sheets.TypeText || f.Type == sheets.TypeMemo { // a CSV says '=1 for =1
		if rest, ok := strings.CutPrefix(cells[row], "'="); ok && p.as != xlsx {
			want[key] = "=" + rest
		}
	}
}

// What changed in the record since the sheet went out is a conflict, shown with both values; who does not choose it leaves the record alone. What was changed to the same
// is nothing to do, and what the sheet left alone stays as it is by now.
func TestBothChanged(t *testing.T) {
	d := newDesk(t)
	d.fill()
	p := d.out(d.holder, casesheets.Wish{Form: "assessment"}, xlsx)
	d.write("p1", consent.ItemHealth, func(b *live.Builder) { b.Text("f/doctor", "県立病院の外科"); b.Set("f/health", "01") })
	d.write("", consent.ItemIncome, func(b *live.Builder) { b.Set("f/income", 90000.0) })
	set := d.now.At("2026-11-23")
	file := p.with(map[int]string{p.row("p1", "doctor", ""): "市民病院の皮膚科", p.row("p1", "health", ""): set.Label("health", "01"), p.row("", "income_source", ""): "年金"})
	v := p.look(d.holder, file)
	if len(v.Changes) != 2 {
		t.Fatalf("%+v", v.Changes)
	}
	c := v.Changes[slices.IndexFunc(v.Changes, func(c casesheets.Change) bool { return c.Key == "p1:f/doctor" })]
	if !c.Conflict || c.Was != "市民病院の内科" || c.Now != "県立病院の外科" || c.New != "市民病院の皮膚科" || c.Sheet != "記入" || !strings.HasPrefix(c.Cell, "E") {
		t.Errorf("%+v", c)
	}
	if got := p.take(d.holder, file); got.Written != 1 {
		t.Errorf("%+v", got)
	}
	now := d.content()
	if now["p1:f/doctor"] != "県立病院の外科" || now[":f/income"] != "90000" || now[":f/income_source"] != "年金" {
		t.Errorf("%v", now)
	}
	order := casesheets.Order{Plan: v.Plan, Keys: []string{"p1:f/doctor"}}
	f := casesheets.File{Name: "表.xlsx", Bytes: file}
	if _, err := d.svc.Take(d.ctx, d.holder, "c1", "assessment", f, order); !fault.Is(err, fault.Conflict) {
		t.Errorf("an order of a preview that is past: %v", err)
	}
	order.Plan = p.look(d.holder, file).Plan
	got, err := d.svc.Take(d.ctx, d.holder, "c1", "assessment", f, order)
	d.ok(err)
	if got.Written != 1 || d.content()["p1:f/doctor"] != "市民病院の皮膚科" {
		t.Errorf("a conflict that was chosen: %+v", got)
	}
}

// Each kind of mistake is listed with its cell and what to do, keeps only its own cell out, and an 個人番号 is said back to nobody.
func TestTheErrorsOfASheet(t *testing.T) {
	d := newDesk(t)
	d.fill()
	p := d.out(d.holder, casesheets.Wish{Form: "assessment"}, xlsx)
	cells := map[int]string{
		p.row("p1", "health", ""):          "とても元気",
		p.row("", "screening_on", ""):      "来月ごろ",
		p.row("", "income", ""):            "-5",
		p.row("", "living_together_n", ""): "二人",
		p.row("p1", "doctor", ""):          "番号は 123456789018 です",
		p.row("p1", "need", "=04"):         "たぶん",
		p.row("p1", "wish", ""):            "#REF!",
		p.row("", "income_source", ""):     "年金だけになった",
	}
	file := p.with(cells)
	v := p.look(d.holder, file)
	for row, cell := range cells {
		at := fmt.Sprintf("E%d", row+1)
		i := slices.IndexFunc(v.Troubles, func(x casesheets.Trouble) bool { return x.Cell == at && !x.Note })
		if good := cell == "年金だけになった"; good != (i < 0) {
			t.Errorf("%s %q: %+v", at, cell, v.Troubles)
		} else if !good && (v.Troubles[i].Message == "" || v.Troubles[i].Sheet != "記入" || v.Troubles[i].Label == "") {
			t.Errorf("%+v", v.Troubles[i])
		}
	}
	if raw, _ := json.Marshal(v); bytes.Contains(raw, []byte("123456789018")) {
		t.Error("an 個人番号 is shown")
	}
	if len(v.Changes) != 1 || v.Changes[0].Key != ":f/income_source" {
		t.Errorf("%+v", v.Changes)
	}
	before := d.content()
	before[":f/income_source"] = "年金だけになった"
	p.take(d.holder, file)
	if got := d.content(); !maps.Equal(got, before) {
		t.Errorf("%v", got)
	}
}

// A formula counts by the value the file holds, as a text; rows of one's own, doubled rows and broken marks are listed.
func TestRowsThatAreNotOurs(t *testing.T) {
	d := newDesk(t)
	d.fill()
	p := d.out(d.holder, casesheets.Wish{Form: "uketsuke"}, csvForm)
	row := p.row("p1", "trouble", "")
	mark := p.rows[row][len(p.rows[row])-1]
	own := []string{"本人", "x", "飼っている犬", "", "3匹", "", ""}
	twice := []string{"本人", "x", "写し", "", "二つめ", "", mark}
	spoilt := []string{"本人", "x", "壊れた行", "", "三つめ", "", mark + "1"}
	p.rows = append(p.rows[:len(p.rows)-1:len(p.rows)-1], own, twice, spoilt)
	v := p.look(d.holder, p.with(nil))
	var labels []string
	for _, x := range v.Troubles {
		labels = append(labels, x.Label)
	}
	if len(v.Changes) != 0 || len(v.Troubles) != 3 || labels[0] != "飼っている犬" || labels[2] != "壊れた行" || !strings.HasSuffix(v.Troubles[0].Cell, "のE列") {
		t.Errorf("%+v", v)
	}
	q := d.out(d.holder, casesheets.Wish{Form: "uketsuke"}, xlsx)
	x, err := excelize.OpenReader(bytes.NewReader(q.file))
	d.ok(err)
	at := fmt.Sprintf("E%d", q.row("p1", "trouble", "")+1)
	d.ok(x.SetCellStr(q.name, at, "計算した文"))
	d.ok(x.SetCellFormula(q.name, at, `CONCATENATE("計算した","文")`))
	buf, err := x.WriteToBuffer()
	d.ok(err)
	raw := buf.Bytes()
	v = q.look(d.holder, raw)
	if len(v.Changes)+len(v.Troubles) != 1 {
		t.Errorf("a formula: %+v", v)
	}
}

// A file of another case, form or municipality, and one that is none of ours, is refused whole, in words.
func TestFilesOfElsewhere(t *testing.T) {
	d := newDesk(t)
	d.fill()
	p := d.out(d.holder, casesheets.Wish{Form: "uketsuke"}, csvForm)
	f := casesheets.File{Name: "表.csv", Bytes: p.file}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"another form":         {d.out(d.holder, casesheets.Wish{Form: "assessment"}, csvForm).file, "インテーク"},
		"another case":         {resigned(p, "|m1|c1|", "|m1|c9|"), "ほかのケース"},
		"another municipality": {resigned(p, "|m1|c1|", "|m9|c1|"), "ほかの自治体"},
		"a list":               {[]byte("氏名,記入欄\n山田,x\n"), "記入用"},
		"without its head":     {bytes.Replace(p.file, []byte("記入欄"), []byte("メモ"), 1), "見出し"},
		"no table":             {[]byte("%PDF-1.7"), "PDF"},
	} {
		f.Bytes = c.file
		if _, err := d.svc.Look(d.ctx, d.holder, "c1", "uketsuke", f); !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.Bytes = p.file
	for _, a := range []access.Actor{d.csw, d.job, {Tenant: tenant, UserID: "x", AgencyID: "a1", Roles: []access.Role{access.RoleRecords}}} {
		if _, err := d.svc.Look(d.ctx, a, "c1", "uketsuke", f); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v reads a sheet back: %v", a.Roles, err)
		}
		if _, err := d.svc.Take(d.ctx, a, "c1", "uketsuke", f, casesheets.Order{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%v writes by a sheet: %v", a.Roles, err)
		}
	}
	other := d.holder
	other.Tenant = "m2"
	if _, err := d.svc.Look(d.ctx, other, "c1", "uketsuke", f); !fault.Is(err, fault.NotFound) {
		t.Errorf("another municipality: %v", err)
	}
}

// resigned is a file with its marks made out for elsewhere, with sums that are right.
func resigned(out *paperOut, from, to string) []byte {
	p := *out
	p.rows = slices.Clone(p.rows)
	for i := range p.marked() {
		n := len(p.rows[i]) - 1
		p.rows[i] = slices.Clone(p.rows[i])
		p.rows[i][n] = casesheets.Remark(strings.Replace(p.rows[i][n], from, to, 1))
	}
	return p.with(nil)
}

// A copy that was given to an agency comes back with what the agency wrote: what it was not shown is not read, and whoever writes there is told.
func TestACopyComesBack(t *testing.T) {
	d := newDesk(t)
	d.fill()
	p := d.out(d.holder, casesheets.Wish{Form: "assessment", For: "a2"}, xlsx)
	if v := p.look(d.holder, p.file); len(v.Changes)+len(v.Troubles) != 0 {
		t.Fatalf("%+v", v)
	}
	d.saysNot(unpacked(t, p.file), beyond...)
	hidden := p.row("", "income_source", "")
	if p.rows[hidden][p.write] != "同意範囲外" {
		t.Fatalf("%v", p.rows[hidden])
	}
	file := p.with(map[int]string{p.row("p1", "doctor", ""): "市民病院の眼科", hidden: "内職"})
	v := p.look(d.holder, file)
	if len(v.Changes) != 1 || v.Changes[0].New != "市民病院の眼科" || len(v.Troubles) != 1 || v.Troubles[0].Note || !strings.Contains(v.Troubles[0].Message, "同意範囲外") {
		t.Errorf("%+v", v)
	}
	before := d.content()
	before["p1:f/doctor"] = "市民病院の眼科"
	p.take(d.holder, file)
	if got := d.content(); !maps.Equal(got, before) {
		t.Errorf("%v", got)
	}
}

// The form is that of the day, as the municipality has it: a renamed field comes back, its own are written, what is no longer asked is not.
func TestTheMunicipalitysOwnComeBack(t *testing.T) {
	d := newDesk(t)
	d.fill()
	change := sheets.Amendment{EffectiveFrom: "2026-04-01",
		Fields: []sheets.OwnField{{Form: "assessment", Section: "b", After: "health", Field: sheets.Field{ID: "own_walk", Label: "歩行のようす", Type: sheets.TypeOne, Item: "health", Owner: sheets.OwnerPerson, Codes: "own_walks"}}},
		Lists:  []sheets.OwnList{{ID: "own_walks", Title: "歩行", Codes: []sheets.Code{{Code: "own_yes", Label: "ひとりで歩く"}, {Code: "own_no", Label: "車いす"}}}}}
	own, err := d.books.Amended([]sheets.Amendment{change})
	d.ok(err)
	d.open(own)
	p := d.out(d.holder, casesheets.Wish{Form: "assessment"}, xlsx)
	change.Changes = []sheets.FieldChange{{ID: "doctor", Label: "かかりつけ医"}, {ID: "wish", Label: "本人の願い", Retired: true}}
	change.Lists = append(change.Lists, sheets.OwnList{ID: "health", Gone: []string{"03"}})
	later, err := d.books.Amended([]sheets.Amendment{change})
	d.ok(err)
	d.open(later)
	set := d.now.At("2026-11-23")
	file := p.with(map[int]string{p.row("p1", "own_walk", ""): "車いす", p.row("p1", "doctor", ""): "診療所", p.row("p1", "wish", ""): "書きかえた願い", p.row("p1", "health", ""): set.Label("health", "03")})
	v := p.look(d.holder, file)
	got := map[string]string{}
	for _, c := range v.Changes {
		got[c.Key] = c.Label + "=" + c.New
	}
	if want := map[string]string{"p1:f/own_walk": "歩行のようす=車いす", "p1:f/doctor": "かかりつけ医=診療所"}; !maps.Equal(got, want) || len(v.Troubles) != 2 {
		t.Errorf("%v %+v", got, v.Troubles)
	}
	p.take(d.holder, file)
	if now := d.content(); now["p1:f/own_walk"] != "own_no" || now["p1:f/doctor"] != "診療所" || now["p1:f/wish"] == "書きかえた願い" {
		t.Errorf("%v", now)
	}
}

// What is taken in is an edit of who takes it in: in the history of the document, with the log, to be taken back there.
func TestTakenInLikeAnEdit(t *testing.T) {
	d := newDesk(t)
	d.fill()
	var told []string
	d.docs.OnWrite(func(_, doc string) { told = append(told, doc) })
	p := d.out(d.holder, casesheets.Wish{Form: "assessment"}, xlsx)
	file := p.with(map[int]string{p.row("p1", "doctor", ""): "診療所", p.row("", "income_source", ""): "年金"})
	p.take(d.holder, file)
	if len(told) != 2 {
		t.Errorf("open rooms were told of %v", told)
	}
	list, _, err := d.store.AuditPage(d.ctx, access.Scope{Tenant: tenant, Audit: true}, oversight.Query{Verbs: []access.Verb{access.VerbSheetBack, access.VerbSheetBackLook}, Limit: 10})
	d.ok(err)
	if len(list) != 3 || list[0].CaseID != "c1" || list[0].Target != "assessment" || len(list[0].Hash) != 64 || list[0].ActorID != d.holder.UserID {
		t.Errorf("%+v", list)
	}
	docs, err := d.store.OwnedDocs(d.ctx, tenant, live.KindSection, "p1")
	d.ok(err)
	m := docs[slices.IndexFunc(docs, func(m live.Meta) bool { return m.Item == consent.ItemHealth })]
	names := func(string, string) string { return "" }
	back, err := d.docs.Restore(d.ctx, d.holder, "", m.ID, m.Epoch, live.RestoreInput{Seq: m.Head - 1, Keys: []string{"f/doctor"}}, names)
	d.ok(err)
	_, err = d.docs.Restore(d.ctx, d.holder, "", m.ID, m.Epoch, live.RestoreInput{Seq: m.Head - 1, Keys: []string{"f/doctor"}, Plan: back.Plan}, names)
	d.ok(err)
	if now := d.content(); now["p1:f/doctor"] != "市民病院の内科" || now[":f/income_source"] != "年金" {
		t.Errorf("%v", now)
	}
}

// Two who make a copy of one sheet at once get two numbers, and each stands on its paper; one's own paper has none.
func TestCopiesAreNumbered(t *testing.T) {
	d := newDesk(t)
	d.fill()
	names := make(chan string, 2)
	for range 2 {
		go func() {
			file, _, err := d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "uketsuke", For: "a2"}, csvForm)
			if err != nil {
				names <- err.Error()
				return
			}
			_, said, _ := strings.Cut(string(file), "写し　")
			said, _, _ = strings.Cut(said, "　")
			names <- said
		}()
	}
	got := []string{<-names, <-names}
	if slices.Sort(got); !slices.Equal(got, []string{"第1部", "第2部"}) {
		t.Errorf("%v", got)
	}
	own, _, err := d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "uketsuke"}, csvForm)
	d.ok(err)
	if strings.Contains(string(own), "第1部") || strings.Contains(string(own), "写し") {
		t.Error("one's own file is a copy")
	}
	if n, err := d.store.CountSheetCopies(d.ctx, tenant, "c1", "uketsuke"); err != nil || n != 2 {
		t.Error(n, err)
	}
}
