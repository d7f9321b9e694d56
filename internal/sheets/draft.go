package sheets

// Draft is a change being written, with the forms as they would be.
type Draft struct {
	Change Amendment `json:"change"`
	Set    Set       `json:"set"`
	// Bound names the own fields and codes that apply already: they can be retired, not taken out.
	Bound []string `json:"bound"`
	// Open names the lists whose choices may be changed.
	Open []string `json:"open"`
}

// NewDraft shows a change that was checked. before is what applies by now.
func NewDraft(base *Book, c Amendment, before *Amendment) (Draft, error) {
	book, err := base.Amended([]Amendment{c})
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Change: c, Set: book.At(c.EffectiveFrom), Bound: []string{}, Open: []string{}}
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
	for _, l := range d.Set.Lists {
		if d.Set.Open(l.ID) {
			d.Open = append(d.Open, l.ID)
		}
	}
	return d, nil
}
