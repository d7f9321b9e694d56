package demo

import (
	"fmt"

	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/intake"
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
	planned, due, done int // done 0: nobody has asked yet
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
		}})
		if x.done != 0 {
			deeds = append(deeds, deed{o.cal.at(x.done, 15, 0), o.name + ", asked", func() error { return o.asked(x) }})
		}
	}
	for _, x := range o.h.offers {
		deeds = append(deeds, deed{o.cal.at(x.day, 14, 30), o.name + ", offer", func() error {
			in := x.in
			in.To = o.agencies[x.to].ID
			_, err := o.plans.OfferLead(o.ctx, o.as("jimukyoku"), o.caseID, in)
			return err
		}})
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

// taking takes the 相談 in and hands it on, without anything that says who it is: so much may go without consent.
func (o *home) taking(t taking) []deed {
	return []deed{{o.cal.at(-o.h.opened, 10, 0), o.name + ", intake", func() error {
		made, err := o.seeder.intake.TakeIn(o.ctx, o.as(t.login), t.in)
		o.caseID = made.CaseID
		return err
	}}, {o.cal.at(1-o.h.opened, 10, 0), o.name + ", handed on", func() error {
		return o.seeder.intake.Refer(o.ctx, o.as(t.login), o.caseID, intake.ReferralInput{ID: "demoreferral000000001", To: o.agencies[t.to].ID, Picks: []string{"plain"}, Reason: t.reason})
	}}}
}
