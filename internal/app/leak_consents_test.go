package app

import (
	"net/http"

	"kasane/internal/consent"
)

// particulars fill in how somebody said it, and who said it in their place, with words in everything that belongs to the way.
func (w *town) particulars(in *consent.Input, say func(what string) string) {
	now := w.now()
	in.ExplainedBy = say("who explained")
	in.Details.Explanation = consent.Explanation{Care: []consent.Care{consent.CareInterpreter, consent.CareFamily}, Language: say("language of an interpreter"), Interpreter: say("interpreter"), Family: say("family that came along")}
	switch in.Method = pick(w, []consent.Method{consent.MethodWritten, consent.MethodOral, consent.MethodPhone, consent.MethodScribe}); in.Method {
	case consent.MethodOral:
		in.Details.Oral = &consent.Oral{Hearer: say("who heard"), Witness: say("witness"), At: now, Place: say("place of an oral consent"), Words: say("words that were heard")}
	case consent.MethodPhone:
		in.Details.Phone = &consent.Phone{Hearer: say("who heard on the phone"), At: now, Identified: say("how one was known on the phone"), Words: say("words on the phone")}
	case consent.MethodScribe:
		in.Details.Scribe = &consent.Scribe{Name: say("scribe"), Relation: say("relation of a scribe"), Reason: say("reason of a scribe"), Witness: say("witness of a scribe")}
	case consent.MethodWritten, consent.MethodSignature:
	}
	if w.oneIn(3) {
		in.Grantor, in.GrantorName, in.GrantorNote, in.GrantorDoc = consent.GrantorGuardian, say("name of who consented"), say("note on who consented"), say("proof of who consented")
		in.Details.Agent = &consent.Agent{Kind: consent.AgentCurator, Power: say("power of who consented")}
		if w.oneIn(2) {
			in.Grantor, in.Details.Agent = consent.GrantorOther, &consent.Agent{Kind: consent.AgentOther, Relation: say("relation of who consented"), Reason: say("why somebody else consented")}
		}
	}
}

// held plants what is told to who holds the record alone.
func (f *household) held(w *town, what string) string {
	return f.word(w, inRecord, what, "", consent.ItemBasic)
}

// whyFor is why somebody looks into an incident of the case; who is of another municipality means a case of their own by its number.
func (f *household) whyFor(w *town, p *reader) string {
	if p.tenant != f.tenant {
		return "訓練"
	}
	return f.held(w, "why an incident was looked into")
}

// kept has the keeper of the records say why one of them is kept longer, and why it must not go.
func (w *town) kept() {
	keeper := w.as("records")
	w.signIn(keeper)
	for _, r := range w.sealed() {
		m := w.facts().meetings[r.MeetingID]
		if m == nil || w.facts().cases[m.file].barred[keeper.id] {
			continue
		}
		path, say := "/api/archive/"+r.ID, func(what string) string {
			return w.words.plant(secret{what: what, place: inKeeping, file: m.file, tenant: keeper.tenant})
		}
		var k struct{ Holds []struct{ ID string } }
		a := w.change(keeper.in(""), "holds "+r.Number, http.MethodPost, "/api/archive/{id}/holds", path+"/holds", map[string]any{"reason": say("reason of a 廃棄の停止")}, nil)
		if a.into(&k); len(k.Holds) > 0 {
			w.change(keeper.in(""), "lifts that", http.MethodPost, "/api/archive/{id}/holds/{hold}/lift", path+"/holds/"+k.Holds[0].ID+"/lift", map[string]any{"reason": say("why a hold was lifted")}, nil)
		}
		w.change(keeper.in(""), "keeps "+r.Number+" longer", http.MethodPost, "/api/archive/{id}/extend", path+"/extend", map[string]any{"until": "2090-03-31", "reason": say("reason of a longer keeping")}, nil)
		return
	}
}
