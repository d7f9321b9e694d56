package desk

import (
	"maps"
	"slices"
	"strings"
	"time"

	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/papers"
	"kasane/internal/sheets"
)

// model turns a record with its names into the view model of a paper.
type model struct {
	consent.Whole
	c      Case
	look   papers.Look
	filled bool
	left   bool // what is left of the scope, not what was given at first
	now    time.Time
	forms  []sheets.Code
}

// doc is the paper's content. A paper from a record carries the time of its last change, so the same record gives the same bytes.
func (m model) doc() (papers.ConsentDoc, error) {
	r := m.Record
	at := m.now
	if m.filled {
		at = r.RecordedAt
		for _, w := range r.Withdrawals {
			if w.At.After(at) {
				at = w.At
			}
		}
	}
	d := papers.ConsentDoc{
		Head: papers.Head{Municipality: m.c.Municipality, CaseID: m.c.Number, DocumentNo: r.Number, Handling: "取扱注意", At: at},
		Look: m.look, Filled: m.filled, Title: m.Text.Text.Title, TextNo: m.Text.No, TextHash: m.Text.Hash, No: r.Number,
		Subject: papers.Person{Name: m.Person.Name, Kana: m.Person.Kana}, Contact: m.contact(),
	}
	d.Paragraphs, d.Withdraw = m.wording()
	if b, err := jptime.Parse(m.Person.Birth); err == nil {
		d.Birth = b
	}
	if m.left {
		m.Record.Scope, m.Record.Others = r.Left(at), r.LeftOthers(at)
	}
	m.scope(&d)
	m.answer(&d)
	m.explanation(&d)
	if !m.filled {
		return d, nil
	}
	hash, err := consent.Digest(r)
	if err != nil {
		return d, fault.Wrap(fault.Internal, err, "")
	}
	d.ContentHash = hash
	m.standing(&d)
	return d, nil
}

func (m model) contact() string {
	return m.c.Municipality
}

// wording is the text that was shown, in the words of the look: the last easy paragraph says how to take consent back.
func (m model) wording() (paragraphs []string, withdraw string) {
	t := m.Text.Text
	if m.look == papers.LookEasy && len(t.Easy) > 0 {
		if n := len(t.Easy) - 1; n > 0 {
			return t.Easy[:n], t.Easy[n]
		}
		return t.Easy, ""
	}
	return t.Paragraphs, t.Withdraw
}

// scope: on a sheet to be signed every purpose, member agency and item stands with an empty box; from a record only what was given.
func (m model) scope(d *papers.ConsentDoc) {
	r := m.Record
	for _, p := range consent.Purposes() {
		if given := slices.Contains(r.Purposes, p); given || !m.filled {
			d.Purposes = append(d.Purposes, papers.Check{Label: worded(m.look, easyPurposes, p, p.Label()), Checked: given})
		}
	}
	d.PurposeNote = r.PurposeNote
	for _, a := range m.agencies() {
		if items := m.items(r.Scope[a.ID]); len(items) > 0 {
			d.Scope = append(d.Scope, papers.ScopeLine{Agency: a.Name, Items: items})
		}
	}
	if len(r.Others) > 0 || !m.filled {
		d.Others = m.items(r.Others)
	}
	for _, id := range r.Sources {
		d.Sources = append(d.Sources, m.name(id))
	}
	for _, f := range m.forms {
		if given := slices.Contains(r.Forms, f.Code); given || !m.filled {
			d.Forms = append(d.Forms, papers.Check{Label: worded(m.look, easyForms, f.Code, f.Label), Checked: given})
		}
	}
	if m.filled && !r.Until.IsZero() {
		d.From, d.Until = jptime.DateOf(r.From), jptime.DateOf(r.Until.Add(-time.Microsecond))
	}
}

// agencies: those of the record, members of the case first; on a sheet to be signed the members.
func (m model) agencies() []Agency {
	var out []Agency
	for _, a := range m.c.Members {
		if _, named := m.Record.Scope[a.ID]; named || !m.filled {
			out = append(out, a)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(m.Record.Scope)) {
		if !slices.ContainsFunc(out, func(a Agency) bool { return a.ID == id }) {
			out = append(out, Agency{id, m.name(id)})
		}
	}
	return out
}

func (m model) items(given []consent.Item) []papers.Check {
	var out []papers.Check
	for _, i := range consent.Items() {
		if yes := slices.Contains(given, i); yes || !m.filled {
			out = append(out, papers.Check{Label: worded(m.look, easyItems, i, i.Label()), Checked: yes})
		}
	}
	return out
}

func (m model) name(id string) string {
	if n := m.Names[id]; n != "" {
		return n
	}
	if i := slices.IndexFunc(m.c.Members, func(a Agency) bool { return a.ID == id }); i >= 0 {
		return m.c.Members[i].Name
	}
	return id
}

// answer: who said it and how.
func (m model) answer(d *papers.ConsentDoc) {
	r := m.Record
	for _, x := range methods() {
		if given := r.Method == x; given || !m.filled {
			d.Methods = append(d.Methods, papers.Check{Label: worded(m.look, easyMethods, x, x.Label()), Checked: given})
		}
	}
	for _, g := range grantors() {
		if given := r.Grantor == g; given || !m.filled {
			d.Grantor = append(d.Grantor, papers.Check{Label: worded(m.look, easyGrantors, g, g.Label()), Checked: given})
		}
	}
	d.GrantorName = r.GrantorName
	for _, k := range agentKinds() {
		if given := r.Details.Agent != nil && r.Details.Agent.Kind == k; given || !m.filled {
			d.AgentKinds = append(d.AgentKinds, papers.Check{Label: k.Label(), Checked: given})
		}
	}
	var agent consent.Agent
	if r.Details.Agent != nil {
		agent = *r.Details.Agent
	}
	d.Agent = []papers.Field{{Label: "本人との続柄", Value: agent.Relation}, {Label: "代理権の範囲", Value: agent.Power}, {Label: "代理の理由", Value: agent.Reason},
		{Label: "確認書類", Value: r.GrantorDoc}}
	d.Details = m.details()
	d.Strokes = strokes(r.Signature)
}

// details are the fields of the method; a sheet to be signed has those of who cannot write, too.
func (m model) details() (out []papers.Field) {
	x := m.Record.Details
	if s := x.Scribe; s != nil || !m.filled {
		if s == nil {
			s = &consent.Scribe{}
		}
		out = append(out, papers.Field{Label: "代筆者の氏名", Value: s.Name, Name: true}, papers.Field{Label: "代筆者の続柄", Value: s.Relation},
			papers.Field{Label: "代筆の理由", Value: s.Reason}, papers.Field{Label: "立会人の氏名", Value: s.Witness, Name: true})
	}
	if o := x.Oral; o != nil {
		out = append(out, papers.Field{Label: "聴取者", Value: o.Hearer, Name: true}, papers.Field{Label: "立会者", Value: o.Witness, Name: true},
			papers.Field{Label: "日時", Value: jptime.FormatDateTime(o.At)}, papers.Field{Label: "場所", Value: o.Place}, papers.Field{Label: "発言の要旨", Value: o.Words})
	}
	if p := x.Phone; p != nil {
		out = append(out, papers.Field{Label: "聴取者", Value: p.Hearer, Name: true}, papers.Field{Label: "電話の日時", Value: jptime.FormatDateTime(p.At)},
			papers.Field{Label: "本人確認の方法", Value: p.Identified}, papers.Field{Label: "発言の要旨", Value: p.Words})
	}
	if m.Record.MethodNote != "" {
		out = append(out, papers.Field{Label: "方法の補足", Value: m.Record.MethodNote})
	}
	return out
}

func (m model) explanation(d *papers.ConsentDoc) {
	r := m.Record
	d.Explainer, d.ExplainedAt = r.ExplainedBy, r.ExplainedAt
	x := r.Details.Explanation
	for _, w := range consent.Ways() {
		if given := x.Way == w; given || !m.filled {
			d.Ways = append(d.Ways, papers.Check{Label: worded(m.look, easyWays, w, w.Label()), Checked: given})
		}
	}
	for _, c := range consent.Cares() {
		if given := slices.Contains(x.Care, c); given || !m.filled {
			d.Cares = append(d.Cares, papers.Check{Label: c.Label(), Checked: given})
		}
	}
	var notes []string
	for _, n := range []struct{ label, value string }{{"通訳の言語", x.Language}, {"通訳者", x.Interpreter}, {"同席した家族", x.Family}} {
		if n.value != "" {
			notes = append(notes, n.label+"　"+n.value)
		}
	}
	d.CareNote = strings.Join(notes, "、")
}

// standing: where the record stands, as of what is written in it.
func (m model) standing(d *papers.ConsentDoc) {
	r := m.Record
	state := consent.Effective(r, d.At)
	if state == consent.StatePending && (r.State == consent.StateGranted || r.State == consent.StatePartial) {
		state = r.State // it begins later; it was given all the same
	}
	d.Refused = r.State == consent.StateRefused
	d.State = worded(m.look, easyState, state, state.Label())
	if r.State == consent.StateGranted || r.State == consent.StatePartial || r.State == consent.StateRefused {
		d.SignedOn = jptime.DateOf(m.answeredAt())
	}
	if r.CopyGivenAt != nil {
		d.CopyGivenOn = jptime.DateOf(*r.CopyGivenAt)
	}
	for _, w := range r.Withdrawals {
		line := papers.WithdrawalLine{At: w.At, By: w.ByName, How: w.How.Label(), Note: w.Note, Whole: len(w.Agencies) == 0 && len(w.Items) == 0}
		if w.ReceivedBy != "" {
			line.By = w.ReceivedBy
		}
		for _, id := range w.Agencies {
			line.Agencies = append(line.Agencies, m.name(id))
		}
		for _, i := range w.Items {
			line.Items = append(line.Items, worded(m.look, easyItems, i, i.Label()))
		}
		var told []string
		for _, id := range w.Told {
			told = append(told, m.name(id))
		}
		line.Told = strings.Join(told, "、")
		line.Extent = m.extent(line)
		d.Withdrawals = append(d.Withdrawals, line)
	}
}

// answeredAt is when the person said yes or no: heard by ear at its own time, else with the explanation.
func (m model) answeredAt() time.Time {
	switch x := m.Record.Details; {
	case x.Oral != nil:
		return x.Oral.At
	case x.Phone != nil:
		return x.Phone.At
	}
	return m.Record.ExplainedAt
}

func (m model) extent(w papers.WithdrawalLine) string {
	if w.Whole {
		return worded(m.look, map[bool]string{true: "ぜんぶ やめました"}, true, "全部")
	}
	who, what := strings.Join(w.Agencies, "、"), strings.Join(w.Items, "、")
	if who == "" {
		who = worded(m.look, map[bool]string{true: "ぜんぶの ところ"}, true, "全機関")
	}
	if what == "" {
		what = worded(m.look, map[bool]string{true: "ぜんぶの こと"}, true, "全項目")
	}
	return who + "：" + what
}
