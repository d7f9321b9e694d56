package demo

import (
	"fmt"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/outreach"
)

// try is a 働きかけ記録. Days count from today.
type try struct {
	login, person         string // person "": the one subject
	day                   int
	method, met, relation string
	body                  string
}

// asking is a フォローアップ that was planned and done.
type asking struct {
	agency             string
	planned, due, done int
	result, note       string
}

// reached are the tries to come near somebody, and what was asked after a 終結.
func (o *home) reached() (deeds []deed) {
	for i, x := range o.h.tries {
		deeds = append(deeds, deed{o.cal.at(x.day, 16, 30), o.name + ", outreach", func() error { return o.try(i, x) }})
	}
	for _, x := range o.h.asks {
		deeds = append(deeds, deed{o.cal.at(x.planned, 17, 30), o.name + ", followup", func() error {
			return o.seeder.cases.PlanFollowup(o.ctx, o.as("jimukyoku"), o.caseID, cases.FollowupInput{AgencyID: o.agencies[x.agency].ID, DueOn: o.cal.day(x.due).String()})
		}}, deed{o.cal.at(x.done, 15, 0), o.name + ", asked", func() error { return o.asked(x) }})
	}
	return deeds
}

func (o *home) try(n int, x try) error {
	a := o.as(x.login)
	person := o.persons[x.person]
	if x.person == "" {
		person = o.persons[o.h.persons[0].key]
	}
	in := outreach.Input{ID: fmt.Sprintf("demo-outreach-%s-%02d", o.caseID[:8], n), By: a.UserID, PersonID: person, Item: consent.ItemProgress, At: o.clock.now(), Method: x.method,
		Met: []string{x.met}, Body: x.body, Relation: x.relation}
	return o.seeder.outreach.Record(o.ctx, a, o.caseID, in)
}

func (o *home) asked(x asking) error {
	a := o.as("csw")
	list, err := o.seeder.cases.Followups(o.ctx, a, o.caseID)
	if err != nil {
		return err
	}
	in := cases.HeardInput{DoneOn: o.cal.day(x.done).String(), Method: "visit", Result: x.result, Note: x.note}
	return o.seeder.cases.DoFollowup(o.ctx, a, o.caseID, list[0].ID, in)
}
