package intake

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// What the search looks through and shows at most.
const (
	searchedByHolder = 5000
	searchedByAgency = 500
	shownAtOnce      = 10
)

// Wanted is whom the counter has before it.
type Wanted struct {
	Name  string `json:"name"`
	Kana  string `json:"kana"`
	Birth string `json:"birth"`
}

// Similar (似た相談) is a case in which somebody may be the same person.
type Similar struct {
	CaseID     string    `json:"caseId"`
	Number     string    `json:"number"`
	StageLabel string    `json:"stageLabel"`
	OpenedAt   time.Time `json:"openedAt"`
	Name       string    `json:"name"`
	Kana       string    `json:"kana"`
	Birth      string    `json:"birth"`
	Why        []string  `json:"why"` // 氏名が同じ …
	score      int
}

// Found is what a search answers. Count is of what the searcher may see and of nothing else.
type Found struct {
	Count int       `json:"count"`
	Lines []Similar `json:"lines"`
}

// Similar looks for 似た相談 among what the actor may see by name. The work done before a name is looked at does not depend on the name, and what is left
// out is left out before it: so neither the answer nor its time tells of a case the actor may not see.
func (s *Service) Similar(ctx context.Context, actor access.Actor, w Wanted) (Found, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return Found{}, err
	}
	for _, err := range []error{text.Line("name", "氏名", w.Name, 100), text.Line("kana", "ふりがな", w.Kana, 100), text.Line("birth", "生年月日", w.Birth, 10)} {
		if err != nil {
			return Found{}, err
		}
	}
	seen, err := s.namesSeen(ctx, actor)
	if err != nil {
		return Found{}, err
	}
	out := search(w, seen, "")
	e := actor.Audit(s.clock(), access.VerbSimilar, "")
	if mark := strings.TrimSpace(cmp.Or(w.Name, w.Kana)); mark != "" {
		e.Reason, e.Hash = access.ReasonSearch, s.words.Mark(actor.Tenant, mark)
	}
	return out, s.store.AppendAudit(ctx, e)
}

// Doubles (重複のおそれ) are the cases whose people may be those of this one: for who holds the record, in whose sight all of them are. Cases that are linked with it as
// 再受付 are known to be of the same people, and are no doubt.
func (s *Service) Doubles(ctx context.Context, actor access.Actor, caseID string) (Found, error) {
	if !actor.Holder() {
		return Found{}, fault.New(fault.Forbidden, "重複のおそれを見られるのは、事務局と市の所管課だけです。")
	}
	persons, err := s.store.Persons(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Found{}, err
	}
	seen, err := s.namesSeen(ctx, actor)
	if err != nil {
		return Found{}, err
	}
	linked, err := s.linked(ctx, access.ScopeOf(actor), caseID)
	if err != nil {
		return Found{}, err
	}
	out := Found{Lines: []Similar{}}
	for _, p := range persons {
		for _, l := range search(Wanted{p.Name, p.Kana, p.Birth}, seen, caseID).Lines {
			if l.score >= sure && !linked[l.CaseID] && !slices.ContainsFunc(out.Lines, func(x Similar) bool { return x.CaseID == l.CaseID }) {
				out.Lines = append(out.Lines, l)
			}
		}
	}
	out.Count = len(out.Lines)
	return out, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbSimilar, caseID).InCase(caseID))
}

// linked are the cases before and after one, however many times it was taken up again.
func (s *Service) linked(ctx context.Context, sc access.Scope, caseID string) (map[string]bool, error) {
	out := map[string]bool{caseID: true}
	for ask := []string{caseID}; len(ask) > 0; ask = ask[1:] {
		list, err := s.store.CaseLinks(ctx, sc, ask[0])
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			if !out[l.CaseID] {
				out[l.CaseID] = true
				ask = append(ask, l.CaseID)
			}
		}
	}
	return out, nil
}

// named is a person the searcher may see by name.
type named struct {
	c                 cases.Case
	name, kana, alias string
	birth             string
}

// folded are a name, a reading and another name as they are compared: 髙 is 高 and カナ is かな.
type folded struct{ name, kana, alias string }

func (w Wanted) folded() folded {
	return folded{name: text.FoldName(w.Name), kana: text.FoldName(w.Kana)}
}

func (n named) folded() folded {
	return folded{text.FoldName(n.name), text.FoldName(n.kana), text.FoldName(n.alias)}
}

// namesSeen gathers everybody whose 基本情報 the actor may see: of each case in scope, by the gate, and of what the own agency took in itself what it
// typed then.
func (s *Service) namesSeen(ctx context.Context, actor access.Actor) ([]named, error) {
	limit := searchedByAgency
	if actor.Holder() {
		limit = searchedByHolder
	}
	all, err := s.store.Known(ctx, access.ScopeOf(actor), limit)
	if err != nil {
		return nil, err
	}
	var out []named
	for _, k := range all {
		may := func(string, consent.Item) bool { return true }
		if !actor.Holder() {
			v, err := s.gate.View(ctx, actor, "", k.Case.ID)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			may = answers(v)
		}
		typed := k.Intake != nil && place{actor: actor, rec: *k.Intake, has: true, persons: k.Persons}.own()
		for _, p := range k.Persons {
			switch {
			case may(p.ID, consent.ItemBasic):
				out = append(out, named{k.Case, p.Name, p.Kana, p.Alias, p.Birth})
			case typed && p.ID == k.Intake.PersonID:
				out = append(out, named{k.Case, k.Intake.Name, k.Intake.Kana, "", k.Intake.Birth})
			}
		}
	}
	return out, nil
}

// search compares with everybody; except leaves a case out.
func search(w Wanted, seen []named, except string) Found {
	best := map[string]Similar{}
	for _, n := range seen {
		if n.c.ID == except {
			continue
		}
		why, score := alike(w, n)
		if score == 0 || best[n.c.ID].score >= score {
			continue
		}
		best[n.c.ID] = similar(n, why, score)
	}
	out := Found{Count: len(best), Lines: []Similar{}}
	for _, l := range best {
		out.Lines = append(out.Lines, l)
	}
	slices.SortFunc(out.Lines, func(a, b Similar) int { return cmp.Or(b.score-a.score, strings.Compare(b.Number, a.Number)) })
	out.Lines = out.Lines[:min(len(out.Lines), shownAtOnce)]
	return out
}

func similar(n named, why []string, score int) Similar {
	return Similar{CaseID: n.c.ID, Number: n.c.Number, StageLabel: n.c.Stage.Label(), OpenedAt: n.c.OpenedAt, Name: cmp.Or(n.name, n.alias), Kana: n.kana, Birth: n.birth, Why: why, score: score}
}

// sure is the score from which two people are held for one without somebody having asked.
const sure = 4

// alike says in what somebody is like who is wanted, and how much; 0 not at all. Names are compared folded.
func alike(w Wanted, n named) (why []string, score int) {
	return alikeFolded(w.folded(), n.folded(), w.Birth, n.birth)
}

func alikeFolded(w, n folded, wanted, birth string) (why []string, score int) {
	name, kana, has, alias, reads := w.name, w.kana, n.name, n.alias, n.kana
	add := func(label string, points int) { why, score = append(why, label), score+points }
	begins := func(typed, full string, least int) bool {
		return len([]rune(typed)) >= least && full != "" && strings.HasPrefix(full, typed)
	}
	day := len(wanted) == len(time.DateOnly) && len(birth) == len(time.DateOnly)
	other := day && wanted != birth
	switch {
	case name != "" && len([]rune(name)) > 1 && (name == has || name == alias && alias != "匿名"):
		add("氏名が同じ", 4)
	case begins(name, has, 2) && !other:
		add("氏名が似ている", 1)
	}
	switch {
	case kana != "" && len([]rune(kana)) > 1 && kana == reads:
		add("ふりがなが同じ", 3)
	case begins(kana, reads, 3) && !other:
		add("ふりがなが似ている", 1)
	}
	if day && !other && (score > 0 || name == "" && kana == "" || sameFirst(name, has) || sameFirst(kana, reads)) {
		add("生年月日が同じ", 3)
	}
	if other && score > 0 {
		why = append(why, "生年月日は違う")
		score = max(1, score-3)
	}
	return why, score
}

func sameFirst(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) > 0 && len(y) > 0 && x[0] == y[0]
}
