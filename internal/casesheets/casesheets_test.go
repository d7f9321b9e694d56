package casesheets_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/casesheets"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/joining"
	"kasane/internal/live"
	"kasane/internal/outreach"
	"kasane/internal/oversight"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/pdf/pdfa"
	"kasane/internal/pdf/pdftest"
	"kasane/internal/sheets"
	"kasane/internal/store"
	"kasane/internal/store/storetest"
	"kasane/internal/tables"
)

const tenant = "m1"

// desk is a municipality in which the 本人 has agreed that a2 gets 基本情報 and 健康・医療 for the coordination of support. a3 is of the case, and the son is kept
// from it.
type desk struct {
	*testing.T
	ctx         context.Context
	w           storetest.World
	store       *store.Store
	svc         *casesheets.Service
	clock       *storetest.Clock
	holder, csw access.Actor
	job         access.Actor
	takes       bool
	docs        *live.Service
	books, now  *sheets.Book
}

// TakesCopies implements casesheets.Takers.
func (d *desk) TakesCopies(context.Context, access.Actor, access.Agency) (bool, error) {
	return d.takes, nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	t.Parallel()
	s, clock, _ := storetest.OpenRaw(t)
	return newDeskOn(t, s, clock)
}

func newDeskOn(t *testing.T, s *store.Store, clock *storetest.Clock) *desk {
	t.Helper()
	d := &desk{T: t, ctx: context.Background(), w: storetest.NewWorld(t, s, tenant), store: s, clock: clock, takes: true}
	d.ok(s.AddMember(d.ctx, tenant, cases.Member{CaseID: "c1", AgencyID: "a3", Since: storetest.Start, Note: "求職の相談"}, d.w.Entry("member", access.VerbMemberAdd)))
	r := storetest.NewConsent(tenant, "r2", "p1")
	r.Purposes, r.Scope = []consent.Purpose{consent.PurposeCoordination}, map[string][]consent.Item{"a2": {consent.ItemBasic, consent.ItemHealth}}
	d.ok(s.InsertConsent(d.ctx, r, storetest.Shown(), d.w.Recorded("agreed", r)))
	clock.Advance(time.Hour)
	base, err := sheets.Builtin()
	d.ok(err)
	d.books = base
	gate := cases.NewGatekeeper(s, nil, clock.Now)
	d.docs = live.NewService(s, gate, clock.Now, live.WithFields(cases.SectionFields(d, clock.Now)))
	d.holder, d.csw = d.w.Holder, d.w.Member
	d.job = access.Actor{Tenant: tenant, UserID: "u3", AgencyID: "a3", Name: "森", AgencyName: "就労", Roles: []access.Role{access.RoleAgency}}
	d.open(base)
	return d
}

// Of implements sheets.Books.
func (d *desk) Of(string) *sheets.Book { return d.now }

// open gives the service the forms of a municipality.
func (d *desk) open(b *sheets.Book) {
	d.now = b
	gate := cases.NewGatekeeper(d.store, nil, d.clock.Now)
	d.svc = casesheets.New(d.store, gate, d.docs, d, cases.NewService(d.store, gate, d, d.clock.Now), d, papers.New(pdf.New(pdf.Options{})), d.clock.Now)
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// write writes fields of a person ("" the household) and item.
func (d *desk) write(person string, item consent.Item, f func(b *live.Builder)) {
	d.Helper()
	owner := person
	if owner == "" {
		owner = "c1"
	}
	docs, err := d.store.EnsureDocs(d.ctx, []live.Meta{{Tenant: tenant, ID: "s" + person + string(item), Epoch: 1, Kind: live.KindSection, CaseID: "c1", OwnerID: owner, PersonID: person, Item: item}},
		d.w.Entry("doc"+person+string(item), access.VerbDocOpen))
	d.ok(err)
	_, err = d.docs.ServerWrite(d.ctx, d.holder, docs[0].ID, func(b *live.Builder) error { f(b); return nil })
	d.ok(err)
}

// fill writes something in every class.
func (d *desk) fill() {
	d.Helper()
	d.write("", consent.ItemBasic, func(b *live.Builder) {
		b.Set("f/received_agency", "a2")
		b.Text("f/received_by", "渡邉\U000E0100 一")
		b.Set("f/consent_kind", "with")
		b.Set("f/urgency", "week")
		b.Set("f/route", "06")
		b.Text("f/route_other", "民生委員の紹介")
		b.Set("f/housing", "02")
		b.Set("f/screening", "4")
		b.Set("f/screening_on", "2026-11-20")
	})
	d.write("", consent.ItemIncome, func(b *live.Builder) {
		b.Set("f/income", 123456.0)
		b.Set("f/arrears", `["01","03"]`)
		b.Text("f/income_source", "老齢年金とわずかな貯金")
	})
	d.write("", consent.ItemFamily, func(b *live.Builder) {
		b.Set("f/living_together", "yes")
		b.Set("f/living_together_n", 2.0)
		b.Row("event", "event0000001", "a0", map[string]any{"when": "1998", "agency": "a2"}, map[string]string{"text": "離職の年表"})
		b.Row("event", "event0000002", "a1", map[string]any{"when": "2024-04"}, map[string]string{"text": "父の死亡の年表"})
	})
	d.write("p1", consent.ItemBasic, func(b *live.Builder) {
		b.Text("f/wish", "住み慣れた家で暮らしたい。\n夜、ねむれるようになりたい。")
	})
	d.write("p1", consent.ItemHealth, func(b *live.Builder) { b.Set("f/health", "02"); b.Text("f/doctor", "市民病院の内科") })
	d.write("p1", consent.ItemAddress, func(b *live.Builder) {
		b.Text("f/address", "汐見町3丁目の住所")
		b.Text("f/tel_mobile", "090-0000-1234")
	})
	d.write("p1", consent.ItemProgress, func(b *live.Builder) {
		b.Set("f/need", `["04","09","15","29"]`)
		b.Text("f/need_other", "ごみ出しができない")
		b.Set("f/consultation", `["01","10","13"]`)
		b.Text("f/trouble", "困りごとの主訴")
	})
	d.write("p2", consent.ItemHealth, func(b *live.Builder) { b.Text("f/doctor", "長男の受診の記録") })
}

func (d *desk) paper(a access.Actor, w casesheets.Wish) papers.Result {
	d.Helper()
	res, _, err := d.svc.Paper(d.ctx, a, "c1", w)
	d.ok(err)
	return res
}

func ink(t *testing.T, res papers.Result) string {
	t.Helper()
	return pdftest.Ink(pdftest.Text(t, res.PDF, "-raw"))
}

func (d *desk) says(text string, words ...string) {
	d.Helper()
	for _, w := range words {
		if !strings.Contains(text, pdftest.Ink(w)) {
			d.Errorf("the paper lacks %q: %s", w, text)
		}
	}
}

func (d *desk) saysNot(text string, words ...string) {
	d.Helper()
	for _, w := range words {
		if strings.Contains(text, pdftest.Ink(w)) {
			d.Errorf("the paper says %q", w)
		}
	}
}

// everything written that the agency of the consent may not have.
var beyond = []string{"老齢年金とわずかな貯金", "123,456", "離職の年表", "汐見町3丁目の住所", "090-0000-1234", "ごみ出しができない", "困りごとの主訴", "長男の受診の記録", "田中 﨑夫", "さきお"}

// Who holds the record gets every field of the form with every choice, filled or not, sound as an archive file, the same bytes for the same content.
func TestTheWholeForm(t *testing.T) {
	d := newDesk(t)
	d.fill()
	res := d.paper(d.holder, casesheets.Wish{Form: "uketsuke"})
	pdftest.Sound(t, res.PDF)
	for _, msg := range pdfa.Lint(res.PDF) {
		t.Error(msg)
	}
	d.says(ink(t, res), "相談受付・申込票（本人同意あり）", "K2026-0001", "渡邉\U000E0100 一", "社会福祉協議会", "☑ 本人同意あり", "☐ 本人同意なし", "☑ 1週間以内", "☐ 即日", "☑ 関係機関・関係者からの紹介（民生委員の紹介）", "☐ その他（　　　）",
		"田中 \uFA10子", "☑ 女", "☐ 男", "1971-04", "汐見町3丁目の住所", "☑ 病気や健康、障害のこと", "☐ 介護のこと", "☑ ひきこもり・不登校", "困りごとの主訴", "署名", "情報共有することに同意の上")
	again := d.paper(d.holder, casesheets.Wish{Form: "uketsuke"})
	if !bytes.Equal(again.PDF, res.PDF) {
		t.Error("the same content gives other bytes")
	}
	res = d.paper(d.holder, casesheets.Wish{Form: "assessment"})
	pdftest.Sound(t, res.PDF)
	text := ink(t, res)
	d.says(text, "A 世帯・住まい", "J スクリーニング結果", "☑ 障害(疑い)", "☐ 病気", "☑ その他（ごみ出しができない）", "☑ 借家・賃貸", "123,456円", "2人", "☑ 家賃", "☐ 税", "田中 﨑夫", "長男の受診の記録", "住み慣れた家で暮らしたい。", "平成10年(1998)", "離職の年表", "令和6年4月",
		"市民病院の内科", "☑ ④継続支援しプランを策定する", "令和8年11月20日(2026-11-20)", "求職の相談", "貸付の相談")
	for _, s := range d.books.At("2026-11-23").Forms[1].Sections {
		d.says(text, s.Title)
	}
	if len(res.Problems) != 0 {
		t.Errorf("%+v", res.Problems)
	}
	d.saysNot(text, "同意範囲外")
}

// An agency gets what the gate shows it: what is beyond is nowhere in the file, and reads 同意範囲外 whether anything was written there or not.
func TestWhatTheGateHides(t *testing.T) {
	d := newDesk(t)
	d.fill()
	for name, get := range map[string]func(form string) papers.Result{
		"for itself": func(form string) papers.Result { return d.paper(d.csw, casesheets.Wish{Form: form}) },
		"as a copy":  func(form string) papers.Result { return d.paper(d.holder, casesheets.Wish{Form: form, For: "a2"}) },
	} {
		for _, form := range []string{"uketsuke", "assessment"} {
			res := get(form)
			text := ink(t, res)
			d.saysNot(text, beyond...)
			for _, w := range beyond {
				if bytes.Contains(res.PDF, []byte(w)) {
					t.Errorf("%s, %s: the file holds %q", name, form, w)
				}
			}
			d.says(text, "同意範囲外", "田中 \uFA10子")
		}
		d.says(ink(t, get("assessment")), "市民病院の内科", "☑ 通院している", "貸付の相談")
		d.saysNot(ink(t, get("assessment")), "求職の相談")
	}
	d.says(ink(t, d.paper(d.holder, casesheets.Wish{Form: "uketsuke", For: "a2"})), "機関別", "写し　第2部　社会福祉協議会")
}

// Somebody of whom an agency may read one thing but not who it is has a part of its own, without name and 続柄.
func TestAPartOfSomebodyWithoutAName(t *testing.T) {
	d := newDesk(t)
	d.fill()
	r := storetest.NewConsent(tenant, "r3", "p2")
	r.Purposes, r.Scope = []consent.Purpose{consent.PurposeCoordination}, map[string][]consent.Item{"a2": {consent.ItemHealth}}
	d.ok(d.store.InsertConsent(d.ctx, r, storetest.Shown(), d.w.Recorded("agreed2", r)))
	d.clock.Advance(time.Hour)
	text := ink(t, d.paper(d.csw, casesheets.Wish{Form: "assessment"}))
	d.says(text, "長男の受診の記録", "世帯員2")
	d.saysNot(strings.ReplaceAll(text, "長男の受診の記録", ""), "田中 﨑夫", "長男", "さきお")
}

// That somebody or an address is kept from an agency is a secret: the paper reads as if consent alone were missing.
func TestASecretLooksLikeMissingConsent(t *testing.T) {
	d := newDesk(t)
	d.fill()
	plain := ink(t, d.paper(d.csw, casesheets.Wish{Form: "uketsuke"}))
	list, err := d.store.Persons(d.ctx, access.Scope{Tenant: tenant, All: true}, "c1")
	d.ok(err)
	list[0].AddressSecret = true
	d.ok(d.store.SavePerson(d.ctx, list[0], d.w.Entry("secret", access.VerbPersonSave)))
	if secret := ink(t, d.paper(d.csw, casesheets.Wish{Form: "uketsuke"})); secret != plain {
		t.Errorf("住所秘匿 shows on the paper:\n%s\n%s", plain, secret)
	}
}

// Nothing is given where nothing may be: to an agency without consent, to strangers, guests and advisers, to who takes no copies; nor by a look for a time.
func TestWhoGetsNone(t *testing.T) {
	d := newDesk(t)
	d.fill()
	guest := access.Actor{Tenant: tenant, UserID: "g", AgencyID: "a2", GuestMeeting: "g1", Roles: []access.Role{access.RoleGuest}}
	screen := d.csw
	screen.NoCopies = true
	for name, c := range map[string]struct {
		actor access.Actor
		wish  casesheets.Wish
		kind  fault.Kind
	}{
		"no consent":           {d.job, casesheets.Wish{Form: "uketsuke"}, fault.Forbidden},
		"a copy without":       {d.holder, casesheets.Wish{Form: "uketsuke", For: "a3"}, fault.Forbidden},
		"not of the case":      {d.holder, casesheets.Wish{Form: "uketsuke", For: "a1"}, fault.Invalid},
		"copies are no deed":   {d.csw, casesheets.Wish{Form: "uketsuke", For: "a2"}, fault.Forbidden},
		"a guest":              {guest, casesheets.Wish{Form: "uketsuke"}, fault.Forbidden},
		"an auditor":           {access.Actor{Tenant: tenant, UserID: "x", AgencyID: "a1", Roles: []access.Role{access.RoleAuditor}}, casesheets.Wish{Form: "uketsuke"}, fault.Forbidden},
		"screen only":          {screen, casesheets.Wish{Form: "uketsuke"}, fault.Forbidden},
		"another municipality": {access.Actor{Tenant: "m2", UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}}, casesheets.Wish{Form: "uketsuke"}, fault.NotFound},
		"no form":              {d.holder, casesheets.Wish{Form: "x"}, fault.NotFound},
		"支援経過記録":               {d.holder, casesheets.Wish{Form: "progress"}, fault.NotFound},
	} {
		before := d.made()
		if _, _, err := d.svc.Paper(d.ctx, c.actor, "c1", c.wish); !fault.Is(err, c.kind) || fault.Message(err) == "" && c.kind != fault.NotFound {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
		if d.made() != before {
			t.Errorf("%s is in the log as made", name)
		}
	}
	d.takes = false
	if _, _, err := d.svc.Paper(d.ctx, d.holder, "c1", casesheets.Wish{Form: "uketsuke", For: "a2"}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency that takes none: %v", err)
	}
	urgent := consent.Emergency{ID: "em1", Tenant: tenant, CaseID: "c1", AgencyID: "a3", Persons: []string{"p1"}, Items: []consent.Item{consent.ItemBasic}, Basis: "life", Reason: "急ぐ",
		At: d.clock.Now(), Until: d.clock.Now().Add(time.Hour), By: "u1", ByName: "髙橋"}
	d.ok(d.store.InsertEmergency(d.ctx, urgent, d.w.Entry("urgent", access.VerbEmergency)))
	if _, _, err := d.svc.Paper(d.ctx, d.job, "c1", casesheets.Wish{Form: "uketsuke"}); !fault.Is(err, fault.Forbidden) || !strings.Contains(fault.Message(err), "緊急開示") {
		t.Errorf("緊急開示 gives a paper: %v", err)
	}
}

func (d *desk) made() int {
	d.Helper()
	return len(d.audit())
}

func (d *desk) audit() []access.Entry {
	d.Helper()
	list, _, err := d.store.AuditPage(d.ctx, access.Scope{Tenant: tenant, Audit: true}, oversight.Query{Verbs: []access.Verb{access.VerbSheetPaper}, Limit: 100})
	d.ok(err)
	return list
}

// Every paper is in the log, with its bytes and for whom.
func TestThePaperIsInTheLog(t *testing.T) {
	d := newDesk(t)
	d.fill()
	d.paper(d.holder, casesheets.Wish{Form: "uketsuke", For: "a2"})
	i := slices.IndexFunc(d.audit(), func(e access.Entry) bool { return e.Verb == access.VerbSheetPaper })
	if i < 0 {
		t.Fatal("nothing is in the log")
	}
	e := d.audit()[i]
	if e.Target != "uketsuke" || e.CaseID != "c1" || len(e.Hash) != 64 || access.CopiedTo(e.Verb, e.Reason) != "a2" {
		t.Errorf("%+v", e)
	}
}

// Who has not agreed signs nothing: the other version of the form.
func TestTheVersionWithoutConsent(t *testing.T) {
	d := newDesk(t)
	d.write("", consent.ItemBasic, func(b *live.Builder) { b.Set("f/consent_kind", "without") })
	text := ink(t, d.paper(d.holder, casesheets.Wish{Form: "uketsuke"}))
	d.says(text, "相談受付・申込票（本人同意なし）", "☑ 本人同意なし")
	d.saysNot(text, "署名", "相談申込み")
}

// The form is that of the day of the case, as the municipality had it then: its own fields, other names, what is no longer asked.
func TestTheFormOfTheMunicipality(t *testing.T) {
	d := newDesk(t)
	d.fill()
	day := "2026-04-01"
	change := sheets.Amendment{EffectiveFrom: day,
		Fields:  []sheets.OwnField{{Form: "assessment", Section: "b", After: "health", Field: sheets.Field{ID: "own_walk", Label: "歩行のようす", Type: sheets.TypeOne, Item: "health", Owner: sheets.OwnerPerson, Codes: "own_walks"}}},
		Changes: []sheets.FieldChange{{ID: "doctor", Label: "かかりつけ医"}, {ID: "insurance", Label: "医療保険", Retired: true}, {ID: "wish", Label: "本人の願い", Retired: true}},
		Lists: []sheets.OwnList{{ID: "own_walks", Title: "歩行", Codes: []sheets.Code{{Code: "own_yes", Label: "ひとりで歩く"}, {Code: "own_no", Label: "車いす"}}},
			{ID: "health", Gone: []string{"01", "02"}, Named: []sheets.Named{{Code: "03", Label: "受診していない"}}}}}
	own, err := d.books.Amended([]sheets.Amendment{change})
	d.ok(err)
	d.open(own)
	d.write("p1", consent.ItemHealth, func(b *live.Builder) { b.Set("f/own_walk", "own_yes") })
	text := ink(t, d.paper(d.holder, casesheets.Wish{Form: "assessment"}))
	d.says(text, "歩行のようす", "☑ ひとりで歩く", "☐ 車いす", "かかりつけ医", "☐ 受診していない", "☑ 通院している", "本人の願い", "住み慣れた家で暮らしたい。")
	d.saysNot(text, "☐ 良い", "医療保険", "通院先・服薬")
	change.EffectiveFrom = "2099-04-01"
	later, err := d.books.Amended([]sheets.Amendment{change})
	d.ok(err)
	d.open(later)
	d.saysNot(ink(t, d.paper(d.holder, casesheets.Wish{Form: "assessment"})), "歩行のようす", "かかりつけ医")
}

// The empty form has every question with room to write, and nothing of anybody.
func TestTheEmptyForm(t *testing.T) {
	d := newDesk(t)
	d.fill()
	d.open(d.books)
	res, name, err := d.svc.Blank(d.ctx, d.csw, "uketsuke", false)
	d.ok(err)
	pdftest.Sound(t, res.PDF)
	text := ink(t, res)
	d.says(text, "相談受付・申込票（本人同意あり）", "☐ 本人来所", "署名", "令和　　　年　　　月　　　日", "一番困っていること・具体的な内容")
	d.saysNot(text, "☑", "K2026-0001", "田中", "渡邉", "同意範囲外")
	if name != "相談受付・申込票（本人同意あり）_記入用.pdf" {
		t.Errorf("%s", name)
	}
	res, _, err = d.svc.Blank(d.ctx, d.csw, "uketsuke", true)
	d.ok(err)
	d.saysNot(ink(t, res), "署名")
	res, _, err = d.svc.Blank(d.ctx, d.csw, "assessment", false)
	d.ok(err)
	d.says(ink(t, res), "氏名", "世帯員", "家族年表", "関わる機関", "☐ (多重・過重)債務", "K 特に配慮を要する情報")
	if _, _, err = d.svc.Blank(d.ctx, d.csw, "progress", false); !fault.Is(err, fault.NotFound) {
		t.Errorf("a form without a paper: %v", err)
	}
}

// The file for a spreadsheet has what the paper has, for the same readers, and no text of it runs.
func TestTheSpreadsheet(t *testing.T) {
	d := newDesk(t)
	d.fill()
	d.write("p1", consent.ItemProgress, func(b *live.Builder) { b.Text("f/clue", "=1+1の糸口") })
	file, name, err := d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "assessment"}, tables.FormXLSX)
	d.ok(err)
	if !strings.HasSuffix(name, "インテーク・アセスメントシート.xlsx") {
		t.Errorf("%s", name)
	}
	again, _, err := d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "assessment"}, tables.FormXLSX)
	d.ok(err)
	if !bytes.Equal(file, again) {
		t.Error("the same content gives other bytes")
	}
	sheet := unpacked(t, file)
	d.says(pdftest.Ink(sheet), "G 課題", "☑ 障害(疑い)", "☐ 病気", "☑ その他（ごみ出しができない）", "123,456円", "出来事：離職の年表", "長男　田中 﨑夫", "=1+1の糸口")
	if strings.Contains(sheet, "<f>") {
		t.Error("a text became a formula")
	}
	file, _, err = d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "assessment"}, tables.FormCSV)
	d.ok(err)
	text := string(file)
	for _, want := range []string{"K2026-0001,本人　田中 \uFA10子,G 課題,課題,障害(疑い)、経済的困窮、社会的孤立(ニート・ひきこもりなどを含む)、その他（ごみ出しができない）", "K2026-0001,世帯,C 収入・家計,世帯収入月額,\"123,456円\"",
		"'=1+1の糸口", "K2026-0001,長男　田中 﨑夫,B 健康・障害,通院先・服薬,長男の受診の記録"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list lacks %s: %s", want, text)
		}
	}
	for _, w := range []casesheets.Wish{{Form: "assessment"}, {Form: "assessment", For: "a2"}} {
		a := d.csw
		if w.For != "" {
			a = d.holder
		}
		file, _, err = d.svc.Table(d.ctx, a, "c1", w, tables.FormXLSX)
		d.ok(err)
		d.saysNot(pdftest.Ink(unpacked(t, file)), beyond...)
	}
	if e := d.audit(); len(e) != 5 || e[0].Hash == "" || access.CopiedTo(e[0].Verb, e[0].Reason) != "a2" {
		t.Errorf("%d entries in the log: %+v", len(e), e)
	}
	if _, _, err = d.svc.Table(d.ctx, d.job, "c1", casesheets.Wish{Form: "assessment"}, tables.FormXLSX); !fault.Is(err, fault.Forbidden) {
		t.Errorf("without consent: %v", err)
	}
	if _, _, err = d.svc.Table(d.ctx, d.holder, "c1", casesheets.Wish{Form: "assessment"}, "pdf"); !fault.Is(err, fault.Invalid) {
		t.Errorf("no form of a file: %v", err)
	}
}

// unpacked is everything that is written in an Excel file.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

// The plans of アウトリーチ and 参加支援 are about whom they were written for, with what was done so far, each row as the gate shows it.
func TestThePlansOfTheServices(t *testing.T) {
	d := newDesk(t)
	d.write("p2", consent.ItemProgress, func(b *live.Builder) {
		b.Set("f/op_on", "2026-05-20")
		b.Set("f/op_contact", "none")
		b.Set("f/op_method", `["visit","letter"]`)
		b.Text("f/op_goal", "ドア越しに話せる")
		b.Text("f/jp_hope", "電車の模型をさわりたい")
		b.Set("f/jp_stage", "ibasho")
	})
	add := func(id, person string, item consent.Item, relation string) {
		x := outreach.Entry{ID: "entry-of-the-test-" + id, Tenant: tenant, CaseID: "c1", Kind: outreach.KindOutreach, PersonID: person, Item: item, AgencyID: "a3", AgencyName: "就労支援センター", UserID: "u3",
			UserName: "森", At: storetest.Start, Method: "visit", Met: []string{"family"}, Body: "働きかけの本文", Relation: relation, RecordedAt: storetest.Start}
		_, err := d.store.AddOutreach(d.ctx, x, "", nil, d.w.Entry("log"+id, access.VerbOutreachLog))
		d.ok(err)
	}
	add("001", "p2", consent.ItemProgress, "indirect")
	add("002", "p1", consent.ItemBasic, "talk")
	text := ink(t, d.paper(d.holder, casesheets.Wish{Form: "outreach_plan"}))
	d.says(text, "アウトリーチ等事業プラン", "田中 﨑夫", "☑ 会えていない", "☑ 訪問", "☑ 手紙", "☐ 同行", "ドア越しに話せる", "令和8年5月20日", "間接の接触", "会話できる", "就労支援センター")
	d.saysNot(text, "働きかけの本文", "署名")
	text = ink(t, d.paper(d.csw, casesheets.Wish{Form: "outreach_plan"}))
	d.says(text, "会話できる", "同意範囲外")
	d.saysNot(text, "間接の接触", "ドア越しに話せる", "田中 﨑夫", "長男")
	j := joining.Joining{ID: "j1", CaseID: "c1", PersonID: "p2", Item: consent.ItemProgress, Needs: []string{"place"}, Wish: "ひとりで行ける所", Free: "水曜", AgencyID: "a1", OpenedOn: "2026-05-01", N: 1, At: storetest.Start, By: "u1", ByName: "髙橋"}
	d.ok(d.store.AddJoining(d.ctx, tenant, j, d.w.Entry("join", access.VerbJoiningSave)))
	text = ink(t, d.paper(d.holder, casesheets.Wish{Form: "joining_plan"}))
	d.says(text, "参加支援事業プラン", "田中 﨑夫", "電車の模型をさわりたい", "☑ 居場所", "☐ 就労体験", "安心して過ごせる居場所", "ひとりで行ける所", "プランの内容に同意し、利用を申し込みます", "本人の署名")
	text = ink(t, d.paper(d.csw, casesheets.Wish{Form: "joining_plan"}))
	d.saysNot(text, "電車の模型をさわりたい", "ひとりで行ける所", "安心して過ごせる居場所")
}
