package meeting

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/live"
)

// CarryChoice names a row of the minutes of a 支援会議.
type CarryChoice struct {
	Meeting string `json:"meeting"`
	Doc     string `json:"doc"`
	Row     string `json:"row"`
}

// carryAtOnce bounds the rows of one request.
const carryAtOnce = 200

// Carry copies exactly the rows named into the minutes of a 重層的支援会議, into the documents of the same persons and items. Rows,
// event and audit entry are one transaction. The new room is returned.
func (s *Service) Carry(ctx context.Context, actor access.Actor, meetingID string, rows []CarryChoice) (Room, error) {
	params, err := json.Marshal(map[string]any{"rows": rows})
	if err != nil {
		return Room{}, fault.Wrap(fault.Internal, err, "")
	}
	return s.Act(ctx, actor, meetingID, ActCarry, params, 0)
}

func doCarry(ctx context.Context, d *deed) error {
	var in struct {
		Rows []CarryChoice `json:"rows"`
	}
	if err := d.read(&in); err != nil {
		return err
	}
	f, err := d.know(ctx)
	if err != nil {
		return err
	}
	_, all, err := d.s.candidates(ctx, d.sub.actor, d.st, f)
	if err != nil {
		return err
	}
	chosen, err := chooseRows(all, in.Rows)
	if err != nil {
		return err
	}
	docs, err := d.carryDocs(ctx, chosen)
	if err != nil {
		return err
	}
	// Consent is looked at once more, now that the access versions are known that the transaction compares: a withdrawal in between
	// moves them.
	if f, err = d.s.Store.MeetingFacts(ctx, d.st.Meeting.Tenant, d.st.Meeting.CaseID); err != nil {
		return err
	}
	for _, c := range chosen {
		if why := f.uncarriable(c.PersonID, c.Item, d.now); why != "" {
			return refuseRow(c, why)
		}
	}
	var data carriedData
	for i, c := range chosen {
		r := carriedRow{Meeting: c.Meeting, No: c.no, On: c.on, Doc: c.Doc, Row: c.Row, Kind: c.Kind, PersonID: c.PersonID, Item: c.Item, To: access.NewID(d.now)}
		chosen[i].to, data.Rows = r.To, append(data.Rows, r)
	}
	if err := d.copyRows(ctx, docs, chosen, f); err != nil {
		return err
	}
	d.audit = access.VerbMeetingCarry
	return d.emit(KindCarried, data)
}

// chooseRows finds the rows named, in the order of the list; one that may not be carried refuses all.
func chooseRows(all []candidate, named []CarryChoice) ([]candidate, error) {
	if len(named) == 0 {
		return nil, fault.New(fault.Invalid, "引き継ぐ記載を1件以上選んでください。").On("rows")
	}
	if len(named) > carryAtOnce {
		return nil, fault.Newf(fault.Invalid, "一度に引き継げるのは%d件までです。分けて引き継いでください。", carryAtOnce).On("rows")
	}
	var out []candidate
	for _, c := range all {
		if !slices.Contains(named, CarryChoice{c.Meeting, c.Doc, c.Row}) {
			continue
		}
		if c.Carried {
			return nil, refuseRow(c, "すでに引き継いでいます。一覧を読み込み直してください。")
		}
		if c.Why != "" {
			return nil, refuseRow(c, c.Why)
		}
		out = append(out, c)
	}
	for _, n := range named {
		if !slices.ContainsFunc(out, func(c candidate) bool { return n == CarryChoice{c.Meeting, c.Doc, c.Row} }) {
			return nil, fault.New(fault.NotFound, "選んだ記載が見つかりません。削除されたか、別のケースの記載です。一覧を読み込み直してください。").On("rows")
		}
	}
	return out, nil
}

// refuseRow says which row is not carried, by kind and item: no name and no text of a case stands in a refusal.
func refuseRow(c candidate, why string) error {
	return fault.New(fault.Conflict, carryFrom(c.no)+"の"+c.KindLabel+"（"+c.ItemLabel+"）: "+why).On("rows").With("row", c.Row)
}

// carryDocs gives the document of this meeting's minutes for each document a row is taken from, by its id. Missing ones are made.
func (d *deed) carryDocs(ctx context.Context, chosen []candidate) (map[string]live.Meta, error) {
	m := d.st.Meeting
	out := map[string]live.Meta{}
	for _, c := range chosen {
		if _, ok := out[c.Doc]; ok {
			continue
		}
		want := live.Meta{Tenant: m.Tenant, ID: access.NewID(d.now), Epoch: 1, Kind: live.KindMinutes, CaseID: m.CaseID, OwnerID: m.ID, PersonID: c.PersonID, Item: c.Item}
		got, err := d.s.Store.EnsureDocs(ctx, []live.Meta{want}, d.sub.actor.Audit(d.now, access.VerbDocOpen, want.ID).InCase(m.CaseID).InMeeting(m.ID))
		if err != nil {
			return nil, err
		}
		out[c.Doc] = got[0]
	}
	return out, nil
}

// copyRows prepares one change for each document: the rows stand behind all that are there, and say where they come from.
func (d *deed) copyRows(ctx context.Context, docs map[string]live.Meta, chosen []candidate, f Facts) error {
	m := d.st.Meeting
	parts, _, err := d.s.minutesParts(ctx, m.Tenant, m.ID)
	if err != nil {
		return err
	}
	last := map[string]string{} // kind → greatest key of order
	for _, p := range parts {
		for _, k := range carryKinds {
			for _, l := range p.Rows(k.kind) {
				last[k.kind] = max(last[k.kind], l.Ord)
			}
		}
	}
	into := map[string][]candidate{}
	for _, c := range chosen {
		last[c.Kind] = live.OrdAfter(last[c.Kind])
		c.ord = last[c.Kind]
		id := docs[c.Doc].ID
		into[id] = append(into[id], c)
	}
	for _, rows := range into {
		meta := docs[rows[0].Doc]
		r, err := d.s.Gate.Rights(ctx, d.sub.actor, m.ID, meta)
		if err != nil {
			return err
		}
		if !r.Read || !r.Write {
			return fault.New(fault.Forbidden, "この区分の情報は、同意の範囲または会議の状態により書き込めません。")
		}
		batch, err := d.s.Docs.Prepare(ctx, d.sub.actor, meta, r, func(b *live.Builder) error {
			for _, c := range rows {
				c.put(b, d.st.seat(c.agency) != nil, f)
			}
			return nil
		})
		if err != nil {
			return err
		}
		d.change.Append = append(d.change.Append, batch)
	}
	slices.SortFunc(d.change.Append, func(a, b live.Batch) int { return cmp.Compare(a.DocID, b.DocID) })
	return nil
}

// put writes the copy of a row. An agency without a seat here cannot be chosen in the row, so it is named in the words.
func (c candidate) put(b *live.Builder, seated bool, f Facts) {
	origin := "【" + carryFrom(c.no) + "から"
	values, texts := map[string]any{}, map[string]string{}
	for k, v := range c.values {
		if v != "" {
			values[k] = v
		}
	}
	switch {
	case c.agency == "":
	case seated:
		values["agency"] = c.agency
	default:
		origin += "・" + f.agency(c.agency).Name
	}
	origin += "】"
	for k, s := range c.texts {
		if s != "" {
			texts[k] = s
		}
	}
	first := "text"
	if c.Kind == "point" {
		first = "title"
	}
	texts[first] = origin + texts[first]
	b.Row(c.Kind, c.to, c.ord, values, texts)
}
