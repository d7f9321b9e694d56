package oversight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

// collector gathers what entries gave of whom. It keeps one line for each case, target and verb, not the entries.
type collector struct {
	s       *Service
	ctx     context.Context
	a       access.Actor
	from    time.Time
	to      time.Time
	entries int
	lists   int
	cases   map[string]*caseGiven
}

// caseGiven is what was looked at in one case.
type caseGiven struct{ looks map[lookAt]*times }

type lookAt struct {
	verb    access.Verb
	target  string
	meeting string
	to      string // the agency that got the copy
}

type times struct {
	first, last time.Time
	n           int
}

func (t *times) add(o times) {
	if t.n == 0 || o.first.Before(t.first) {
		t.first = o.first
	}
	if o.last.After(t.last) {
		t.last = o.last
	}
	t.n += o.n
}

// see takes one entry. What was opened before the period counts only where it stays open: documents.
func (c *collector) see(l Look) error {
	if l.At.Before(c.from) && l.Verb != access.VerbDocOpen {
		return nil
	}
	c.entries++
	if l.Case == "" {
		c.lists++
		return nil
	}
	g := c.cases[l.Case]
	if g == nil {
		g = &caseGiven{looks: map[lookAt]*times{}}
		c.cases[l.Case] = g
	}
	at := lookAt{l.Verb, l.Target, l.Meeting, l.To}
	if l.Verb == access.VerbDocHistory {
		at.target = docTarget(l.Verb, l.Target)
	}
	if g.looks[at] == nil {
		g.looks[at] = &times{}
	}
	g.looks[at].add(times{l.At, l.At, 1})
	return nil
}

// report reads each case once and turns targets into persons and items.
func (c *collector) report() (Report, error) {
	rep := Report{Entries: c.entries, Lists: c.lists, SensitiveItems: []string{}, Affected: []Affected{}}
	kinds := map[consent.Item]bool{}
	ids := make([]string, 0, len(c.cases))
	for id := range c.cases {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		facts, err := c.s.store.IncidentCase(c.ctx, access.ScopeOf(c.a), id)
		if fault.Is(err, fault.NotFound) {
			continue // not there any more: nobody of it can be named
		}
		if err != nil {
			return rep, fmt.Errorf("case of an incident: %w", err)
		}
		people, err := c.people(facts, c.cases[id])
		if err != nil {
			return rep, err
		}
		if len(people) > 0 {
			rep.Cases++
		}
		for _, p := range people {
			for _, g := range p.Items {
				kinds[consent.Item(g.Item)] = kinds[consent.Item(g.Item)] || g.Sensitive
			}
		}
		rep.Affected = append(rep.Affected, people...)
	}
	rep.Persons = len(rep.Affected)
	rep.Many = rep.Persons > overMany
	for _, item := range consent.Items() {
		if kinds[item] {
			rep.Sensitive = true
			rep.SensitiveItems = append(rep.SensitiveItems, item.Label())
		}
	}
	slices.SortStableFunc(rep.Affected, func(a, b Affected) int { return cmp.Or(cmp.Compare(a.CaseNumber, b.CaseNumber), a.Ord-b.Ord) })
	return rep, nil
}

// disclosure is an item of a person, or of all of the household, that one look gave.
type disclosure struct {
	person  string // "" = everybody in the household
	item    consent.Item
	way     string
	certain bool
	doc     *Doc
}

// shown is the span of what somebody was shown by looks of one kind: a page or a paper is of its moment, a history tells everything before, and a document that is
// open goes on showing what is typed, until the period or the session is over.
func (c *collector) shown(verb access.Verb, when times) (from, to time.Time) {
	from, to = when.first, when.last
	switch verb {
	case access.VerbDocHistory:
		from = time.Time{}
	case access.VerbDocOpen:
		if to = to.Add(longestSession); to.After(c.to) {
			to = c.to
		}
	}
	return from, to
}

// people turns the looks at one case into persons with items.
func (c *collector) people(f CaseFacts, g *caseGiven) ([]Affected, error) {
	type place struct {
		person string
		item   consent.Item
	}
	given, fields := map[place]*Given{}, map[place][]string{}
	for at, when := range g.looks {
		for _, d := range f.disclosed(at) {
			var names []string
			if d.doc != nil && c.s.fields != nil {
				var err error
				from, to := c.shown(at.verb, *when)
				if names, err = c.s.fields(c.ctx, c.a.Tenant, *d.doc, from, to); err != nil {
					return nil, fmt.Errorf("fields of a document: %w", err)
				}
			}
			for _, p := range f.Persons {
				if d.person != "" && d.person != p.ID {
					continue
				}
				k := place{p.ID, d.item}
				if given[k] == nil {
					given[k] = &Given{Item: string(d.item), Label: d.item.Label(), Sensitive: slices.Contains(sensitive, d.item), Ways: []string{}, Fields: []string{}}
				}
				given[k].take(d, *when)
				fields[k] = append(fields[k], names...)
			}
		}
	}
	var out []Affected
	for _, p := range f.Persons {
		a := Affected{CaseNumber: f.Number, Ord: p.Ord, Name: p.Name, Kana: p.Kana, AddressSecret: p.AddressSecret}
		for _, item := range consent.Items() {
			k := place{p.ID, item}
			if x := given[k]; x != nil {
				slices.Sort(fields[k])
				x.Fields = append(x.Fields, slices.Compact(fields[k])...)
				slices.Sort(x.Ways)
				a.Items = append(a.Items, *x)
			}
		}
		if len(a.Items) > 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

func (g *Given) take(d disclosure, when times) {
	g.Certain = g.Certain || d.certain
	if !slices.Contains(g.Ways, d.way) {
		g.Ways = append(g.Ways, d.way)
	}
	all := times{g.First, g.Last, g.Times}
	all.add(when)
	g.First, g.Last, g.Times = all.first, all.last, all.n
}

// disclosed says what one look gave. Where the log does not say which items a page or a paper held for its reader, all it can have held are named: in a report of
// an incident, too much is put right by a look, too little by nobody.
func (f CaseFacts) disclosed(at lookAt) []disclosure {
	switch at.verb {
	case access.VerbDocOpen, access.VerbDocHistory, access.VerbDocRestore:
		way := "文書"
		if at.verb != access.VerbDocOpen {
			way = "変更の履歴"
		}
		return f.document(at.target, way)
	case access.VerbCaseOpen:
		return []disclosure{{item: consent.ItemBasic, way: "ケースの画面"}}
	case access.VerbReviewOpen, access.VerbOutreachOpen:
		return records(map[access.Verb]string{access.VerbReviewOpen: "モニタリング・評価", access.VerbOutreachOpen: "働きかけの記録"}[at.verb], at.target != "")
	case access.VerbOutreachDay:
		return []disclosure{{item: consent.ItemBasic, way: "訪問の一日表"}}
	case access.VerbConsentRead:
		return []disclosure{{item: consent.ItemBasic, way: "同意の記録"}}
	case access.VerbConsentPrint, access.VerbConsentExport:
		return []disclosure{{item: consent.ItemBasic, way: "同意の書類・書き出し"}}
	case access.VerbFileGet:
		return []disclosure{{person: f.Evidence[at.target], item: consent.ItemBasic, way: "証憑のファイル", certain: f.Evidence[at.target] != ""}}
	case access.VerbHandoutOpen, access.VerbHandoutCopy:
		if h, ok := f.Handouts[at.target]; ok {
			return []disclosure{{person: h.Person, item: h.Item, way: "会議の資料", certain: true}}
		}
		return []disclosure{{item: consent.ItemBasic, way: "会議の資料"}}
	case access.VerbPlanOpen, access.VerbMeetingOpen:
		return []disclosure{{item: consent.ItemBasic, way: "プラン・会議の画面"}}
	case access.VerbJoiningOpen:
		out := []disclosure{}
		for _, i := range consent.Items() { // whichever class its words are of
			if i != consent.ItemAddress {
				out = append(out, disclosure{item: i, way: "参加支援の画面"})
			}
		}
		return out
	case access.VerbPlaceNames:
		return []disclosure{{item: consent.ItemBasic, way: "社会資源の画面"}, {item: consent.ItemProgress, way: "社会資源の画面"}}
	case access.VerbReferralOpen, access.VerbReferralSheet:
		return []disclosure{{item: consent.ItemBasic, way: "つなぎ"}, {item: consent.ItemProgress, way: "つなぎ"}, {item: consent.ItemAddress, way: "つなぎ"}}
	case access.VerbPDFDraft:
		return f.paper("案のPDF", at.meeting, f.Plans[at.meeting]) // the log does not say whether minutes or plan
	case access.VerbMatrixTake:
		return f.paper("役割分担表のファイル", f.Plans[at.meeting])
	case access.VerbSheetPaper, access.VerbSheetPaperLook, access.VerbSheetBackLook:
		if at.target == access.PaperScreening {
			return []disclosure{{item: consent.ItemBasic, way: "スクリーニング票"}, {item: consent.ItemProgress, way: "スクリーニング票"}}
		}
		return f.sheet(at.to != "")
	case access.VerbArchiveDownload, access.VerbArchiveCopy, access.VerbArchiveCopyRead:
		if access.CaseCopy(at.target) {
			way := "ケースの文書の写し"
			if at.to != "" {
				way = "機関別の写しの交付"
			}
			return append(records(way, true), disclosure{item: consent.ItemAddress, way: way})
		}
		r, way := f.Records[at.target], "確定した文書"
		if at.verb == access.VerbArchiveCopy {
			way = "確定した文書の写し"
		}
		if at.to != "" {
			way = "機関別の写しの交付"
		}
		if r.Kind == "minutes" {
			return f.paper(way, r.Meeting, f.Plans[r.Meeting])
		}
		return f.paper(way, f.Plans[r.Meeting])
	}
	return nil
}

// sheet is what the paper of a sheet of the case can have held: the names, and every item of the records of the household.
func (f CaseFacts) sheet(given bool) []disclosure {
	way := "申込票・アセスメントシートなどの帳票"
	if given {
		way += "（機関別の写しの交付）"
	}
	out := []disclosure{{item: consent.ItemBasic, way: way}}
	for i, d := range f.Docs {
		if d.Kind == "section" && !d.Empty {
			out = append(out, disclosure{person: d.Person, item: d.Item, way: way, doc: &f.Docs[i]})
		}
	}
	return out
}

// records is what a page of records of アウトリーチ, or of モニタリング, can have held: each may be of any class but the address. A summary has no words.
func records(way string, words bool) (out []disclosure) {
	if !words {
		return []disclosure{{item: consent.ItemBasic, way: way}}
	}
	for _, i := range consent.Items() {
		if i != consent.ItemAddress {
			out = append(out, disclosure{item: i, way: way})
		}
	}
	return out
}

// document is what opening one document gave: nothing while nobody ever wrote in it.
func (f CaseFacts) document(id, way string) []disclosure {
	i := slices.IndexFunc(f.Docs, func(d Doc) bool { return d.ID == id })
	if i < 0 || f.Docs[i].Empty {
		return nil
	}
	d := f.Docs[i]
	return []disclosure{{person: d.Person, item: d.Item, way: way, certain: true, doc: &d}}
}

// paper is what a PDF can have held: the names, and every item of what it was made from.
func (f CaseFacts) paper(way string, owners ...string) []disclosure {
	out := []disclosure{{item: consent.ItemBasic, way: way}}
	for i, d := range f.Docs {
		if d.Kind != "section" && !d.Empty && d.Owner != "" && slices.Contains(owners, d.Owner) {
			out = append(out, disclosure{person: d.Person, item: d.Item, way: way, doc: &f.Docs[i]})
		}
	}
	return out
}
