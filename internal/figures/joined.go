package figures

import (
	"time"

	"kasane/internal/jptime"
)

// UnitPersons counts each person once in its column.
const UnitPersons Unit = "人（実）"

// joined counts 参加支援 into a group of its own.
func (s span) joined(t *Table, list []Joining) {
	var people, places, settled [12]map[string]bool
	var begun, trials, starts, care, ended, ongoing, stayed behind
	for m := range 12 {
		people[m], places[m], settled[m] = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
	add := func(to *behind, day, caseID string) {
		if m, ok := s.dayOf(day); ok {
			to.add(m, caseID)
		}
	}
	for _, j := range list {
		add(&begun, j.Opened, j.CaseID)
		add(&ended, j.Ended, j.CaseID)
		for m := range 12 {
			from, to := s.begin(m).Format(time.DateOnly), s.begin(m+1).Format(time.DateOnly)
			if s.begun(m) && j.Opened < to && (j.Ended == "" || j.Ended >= from) {
				people[m][j.PersonID] = true
				ongoing.add(m, j.CaseID)
			}
		}
		for _, x := range j.Steps {
			switch m, ok := s.dayOf(x.Day); {
			case !ok:
			case x.Kind == "trial" && !x.Planned:
				trials.add(m, j.CaseID)
			case x.Kind == "start":
				starts.add(m, j.CaseID)
				places[m][x.PlaceID] = true
			case x.Kind == "settle":
				care.add(m, j.CaseID)
			}
		}
		for _, day := range j.settledOn(jptime.DateOf(s.now).String()) {
			if m, ok := s.dayOf(day); ok {
				settled[m][j.PersonID] = true
				stayed.add(m, j.CaseID)
			}
		}
	}
	t.Groups = append(t.Groups, Group{Title: "参加支援", Programme: ProgrammeJoining, Figures: []Figure{
		s.distinct(Figure{ID: "join-people", Label: "参加支援の利用者", Unit: UnitPersons, Reported: true, Personal: true, Definition: "その月に参加支援が続いていた人。始めた月と終えた月も入ります。同じ人は1度だけ、年計でも1度だけ数えます。"}, people).from(ongoing),
		s.cases(Figure{ID: "join-begun", Label: "参加支援を始めた件数", Unit: UnitCases, Personal: true, Definition: "始めた日がその月にある参加支援の数。"}, begun),
		s.cases(Figure{ID: "join-trials", Label: "見学・体験の回数", Unit: UnitEach, Personal: true, Definition: "その月に行った見学・体験の記録の数。予定だけのものは入りません。"}, trials),
		s.cases(Figure{ID: "join-starts", Label: "マッチング件数（利用開始）", Unit: UnitEach, Reported: true, Personal: true, Definition: "利用を始めた日がその月にある記録の数。同じ人が2か所を始めれば2件です。"}, starts),
		s.distinct(Figure{ID: "join-places", Label: "協力事業者数", Unit: UnitPlaces, Reported: true, Definition: "その月に利用を始めた人のいる資源。同じ資源は1度だけ、年計でも1度だけ数えます。"}, places).from(starts),
		s.cases(Figure{ID: "join-care", Label: "定着支援の回数", Unit: UnitEach, Personal: true, Definition: "その月に行った定着支援の記録の数。"}, care),
		s.distinct(Figure{ID: "join-settled", Label: "定着した人", Unit: UnitPersons, Reported: true, Personal: true, Definition: "利用を始めて90日目がその月にあり、その日まで同じ資源の利用が続いていた人。"}, settled).from(stayed),
		s.cases(Figure{ID: "join-ended", Label: "参加支援を終えた件数", Unit: UnitCases, Personal: true, Definition: "終えた日がその月にある参加支援の数。"}, ended),
	}})
}

// settleDays is how long a use has to go on to count as 定着.
const settleDays = 90

// settledOn are the days, up to today, on which a use had gone on for ninety.
func (j Joining) settledOn(today string) (out []string) {
	for i, x := range j.Steps {
		at, err := time.ParseInLocation(time.DateOnly, x.Day, jptime.JST)
		if x.Kind != "start" || err != nil {
			continue
		}
		day := at.AddDate(0, 0, settleDays).Format(time.DateOnly)
		if day > today {
			continue
		}
		stays := true
		for _, y := range j.Steps[i+1:] {
			if y.Kind == "stop" && y.PlaceID == x.PlaceID {
				stays = y.Day >= day
				break
			}
		}
		if stays {
			out = append(out, day)
		}
	}
	return out
}
