package sheets

// Draft is a change being written, with the forms as they would be.
type Draft struct {
	Change Amendment `json:"change"`
	Set    Set       `json:"set"`
	// Bound names the own fields and codes that apply already: they can be retired, not taken out.
	Bound []string `json:"bound"`
	// Open are the lists whose choices may be changed, as shipped; lists of its own stand in the set.
	Open []CodeList `json:"open"`
}

// NewDraft shows a change that was checked. before is what applies by now.
func NewDraft(base *Book, c Amendment, before *Amendment) (Draft, error) {
	book, err := base.Amended([]Amendment{c})
	if err != nil {
		return Draft{}, err
	}
	c.Fields, c.Changes, c.Lists = some(c.Fields), some(c.Changes), some(c.Lists)
	d := Draft{Change: c, Set: book.At(c.EffectiveFrom), Bound: []string{}, Open: []CodeList{}}
	if before != nil {
		for _, f := range before.Fields {
			d.Bound = append(d.Bound, f.ID)
		}
		for _, l := range before.Lists {
			for _, code := range l.Codes {
				d.Bound = append(d.Bound, code.Code)
			}
		}
	}
	for _, l := range base.At(c.EffectiveFrom).Lists {
		if d.Set.Open(l.ID) {
			d.Open = append(d.Open, l)
		}
	}
	return d, nil
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
