package papers

import (
	"slices"
	"strings"

	"kasane/internal/jptime"
	"kasane/internal/text"
)

// caller says what stands in the places of names: whoever is known by what they are in the case, everybody else by what the place is for. A name nobody has
// heard of – a convener who was typed in, a deputy without an account – is a name all the same.
type caller struct {
	house, agencies *Finder
	known           map[string]string // folded whole names of the household
}

func (a Anonymity) caller() caller {
	c := caller{house: NewFinder(a.Household), agencies: NewFinder(a.Agencies), known: map[string]string{}}
	for _, n := range a.Household {
		for _, name := range []string{n.Name, n.Kana, n.Alias} {
			if f := text.FoldName(name); f != "" && c.known[f] == "" {
				c.known[f] = n.Call
			}
		}
	}
	return c
}

// neutral are words in the place of a name that name nobody.
func neutral(s string) bool {
	return s == "" || s == "世帯" || s == "本人" || s == "家族" || strings.HasPrefix(s, "世帯員") && strings.Trim(s[len("世帯員"):], "0123456789") == ""
}

// who is a name of somebody who may be of the household; else stands for anybody who is not.
func (c caller) who(name, other string) string {
	if parts := strings.Split(name, "、"); len(parts) > 1 {
		for i, p := range parts {
			parts[i] = c.who(p, other)
		}
		return strings.Join(parts, "、")
	}
	name, _, _ = strings.Cut(strings.TrimSpace(name), "（")
	if neutral(name) {
		return name
	}
	if call := c.known[text.FoldName(name)]; call != "" {
		return call
	}
	if hits := c.house.Find(name); len(hits) > 0 && other != anonymousStaff { // one who works there may have the same family name
		return hits[0].Call
	}
	return other
}

// staff is a name beside an agency: one who works there, unless the column is that of 本人 or 家族.
func (c caller) staff(name, agency string) string {
	if agency == "" || ownColumn(agency) {
		return c.who(name, anonymousOther)
	}
	return c.who(name, anonymousStaff)
}

func ownColumn(agency string) bool {
	return strings.HasPrefix(agency, "本人") || strings.HasPrefix(agency, "家族") || strings.HasPrefix(agency, "世帯")
}

// agency is a name of an agency as what it is.
func (c caller) agency(name string) string {
	if name == "" || ownColumn(name) || name == "Kasane" {
		return name
	}
	if put := c.agencies.Replace(name); put != name {
		return put
	}
	return "関係機関"
}

// person is somebody with a function: all of them are staff.
func (c caller) person(p *Person) {
	if p.Name != "" {
		p.Name = c.who(p.Name, anonymousStaff)
	}
	p.Agency = c.agency(p.Agency)
}

func (c caller) minutes(m *MinutesDoc) {
	for _, p := range []*Person{&m.Convener, &m.Chair, &m.Facilitator, &m.Recorder} {
		c.person(p)
	}
	for i := range m.Attendees {
		x := &m.Attendees[i]
		x.Name, x.ProxyFor = c.staff(x.Name, x.Agency), c.staff(x.ProxyFor, x.Agency)
		x.Agency = c.agency(x.Agency)
		if x.Appointed != "" {
			x.Appointed = "指定"
		}
	}
	for i := range m.Absentees {
		x := &m.Absentees[i]
		x.Name, x.Proxy = c.staff(x.Name, x.Agency), c.staff(x.Proxy, x.Agency)
		x.Agency = c.agency(x.Agency)
	}
	m.Family = c.family(m.Family)
	for i := range m.Cases {
		m.Cases[i].Subject = c.who(m.Cases[i].Subject, anonymousMember)
	}
	for i := range m.Consents {
		m.Consents[i].Person = c.who(m.Consents[i].Person, anonymousMember)
	}
	for i := range m.Statements {
		x := &m.Statements[i]
		x.Speaker, x.Agency = c.staff(x.Speaker, x.Agency), c.agency(x.Agency)
	}
	for i := range m.Answers {
		x := &m.Answers[i]
		x.Name, x.Agency = c.answered(x.Name, x.Agency), c.agency(x.Agency)
	}
	for i := range m.Leads {
		x := &m.Leads[i]
		x.By, x.Agency, x.Due = c.staff(x.By, x.Agency), c.agency(x.Agency), jptime.Date{}
	}
	for i := range m.Homework {
		x := &m.Homework[i]
		x.Person, x.Agency = c.staff(x.Person, x.Agency), c.agency(x.Agency)
	}
	for i := range m.Events {
		m.Events[i].Who = c.event(m.Events[i].Who)
	}
}

// family is who of the household sat there, with what they are to 本人.
func (c caller) family(s string) string {
	if s == "" {
		return ""
	}
	parts := strings.Split(s, "、")
	for i, p := range parts {
		switch hits := c.house.Find(p); {
		case len(hits) > 0:
			parts[i] = hits[0].Call
		case strings.HasPrefix(p, "本人"):
			parts[i] = "本人"
		default:
			parts[i] = anonymousOther
		}
	}
	return strings.Join(slices.Compact(parts), "、")
}

// answered is who answered for an agency, without whose deputy they are and who wrote it down.
func (c caller) answered(name, agency string) string {
	out := c.staff(name, agency)
	for _, how := range []string{"代理", "口頭"} {
		if _, more, ok := strings.Cut(name, "（"); ok && strings.Contains(more, how) {
			out += "（" + how + "）"
		}
	}
	return out
}

// event is who did something: the agency, and behind it the name.
func (c caller) event(who string) string {
	if who == "Kasane" || neutral(who) {
		return who
	}
	if call := c.known[text.FoldName(who)]; call != "" {
		return call
	}
	agency, name, ok := strings.Cut(who, "　")
	if !ok || c.agencies.Replace(agency) == agency { // a name alone, maybe with a wide space in it
		if put := c.agencies.Replace(who); put != who {
			return put
		}
		if !ok {
			return c.who(who, anonymousStaff)
		}
	}
	return c.agency(agency) + "　" + c.who(name, anonymousStaff)
}

func (c caller) plan(m *PlanDoc) {
	c.person(&m.Author)
	c.person(&m.Meeting.DecidedBy)
	m.Subject.Name = c.who(m.Subject.Name, "本人")
	for i := range m.Household {
		if x := &m.Household[i]; !x.Withheld {
			x.Name = c.who(x.Name, anonymousMember)
		}
	}
	for i := range m.Priorities {
		m.Priorities[i].Person = c.who(m.Priorities[i].Person, anonymousMember)
	}
	for i := range m.Emergency {
		x := &m.Emergency[i]
		x.Name, x.Agency = c.staff(x.Name, x.Agency), c.agency(x.Agency)
	}
	m.After.By, m.After.On = c.staff(m.After.By, m.AfterAgency), jptime.Date{}
	m.LeadAgency, m.SubAgencies, m.AfterAgency = c.agency(m.LeadAgency), c.agency(m.SubAgencies), c.agency(m.AfterAgency)
	for i := range m.Extra {
		for k := range m.Extra[i].Fields {
			if x := &m.Extra[i].Fields[k]; x.Name {
				x.Value = c.who(x.Value, "（関係者）")
			}
		}
	}
}

func (c caller) roles(m *RoleMatrix) {
	for r := range m.Rows {
		for i := range m.Rows[r].Cells {
			x, agency := &m.Rows[r].Cells[i], ""
			if i < len(m.Agencies) {
				agency = m.Agencies[i].Name
			}
			x.Person, x.AnsweredBy = c.staff(x.Person, agency), c.staff(x.AnsweredBy, agency)
		}
	}
	for i := range m.Agencies {
		m.Agencies[i].Name = c.agency(m.Agencies[i].Name)
	}
	for i := range m.Limits {
		m.Limits[i].Agency = c.agency(m.Limits[i].Agency)
	}
}
