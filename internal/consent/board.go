package consent

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
)

// Board (同意の進捗) shows who has been asked, by whom, with which result.
type Board struct {
	CaseID string     `json:"caseId"`
	At     time.Time  `json:"at"`
	Rows   []BoardRow `json:"rows"` // one per person, subjects first
	// Ready: every subject has a consent in force for the 重層的支援会議.
	Ready bool `json:"ready"`
}

// BoardRow is one person's line.
type BoardRow struct {
	Party
	State      State      `json:"state"` // effective now; StateNotExplained when there is no record
	StateLabel string     `json:"stateLabel"`
	Asked      bool       `json:"asked"`
	Minor      bool       `json:"minor"` // under 18 today: 親権者の同意を確認
	RecordID   string     `json:"recordId,omitempty"`
	Renewable  string     `json:"renewable,omitempty"` // id of the record that can be renewed now
	Number     string     `json:"number,omitempty"`
	Purposes   []Purpose  `json:"purposes,omitempty"`
	From       *time.Time `json:"from,omitempty"`
	Until      *time.Time `json:"until,omitempty"`
	DaysLeft   int        `json:"daysLeft"` // whole days until it ends; 0 when not in force
	AskedBy    string     `json:"askedBy,omitempty"`
	AskedAt    *time.Time `json:"askedAt,omitempty"`
	Attempts   int        `json:"attempts"` // how many records (explanations) there are
	// Explained: every explanation, newest first (誰に・いつ・どう説明したか).
	Explained []Explained `json:"explained"`
	// Scope is what may be given to which agency now, withdrawals taken off.
	Scope map[string][]Item `json:"scope,omitempty"`
}

// Explained is one explanation to a person and what came of it.
type Explained struct {
	RecordID   string     `json:"recordId"`
	Number     string     `json:"number"`
	At         *time.Time `json:"at,omitempty"` // nil: it could not be explained (確認不能)
	By         string     `json:"by,omitempty"`
	Way        string     `json:"way,omitempty"`  // 説明の方法, in words
	Care       []string   `json:"care,omitempty"` // 配慮, in words
	Note       string     `json:"note,omitempty"`
	State      State      `json:"state"` // what the person said then
	StateLabel string     `json:"stateLabel"`
}

func explained(r Record) Explained {
	e := Explained{RecordID: r.ID, Number: r.Number, At: when(r.ExplainedAt), By: r.ExplainedBy, Way: r.Details.Explanation.Way.Label(), Note: r.ExplainHow,
		State: r.State, StateLabel: r.State.Label()}
	for _, c := range r.Details.Explanation.Care {
		label := c.Label()
		switch c {
		case CareInterpreter:
			label += "（" + r.Details.Explanation.Language + "・" + r.Details.Explanation.Interpreter + "）"
		case CareFamily:
			label += "（" + r.Details.Explanation.Family + "）"
		case CareRuby, CareEasy, CareSign, CareRead:
		}
		e.Care = append(e.Care, label)
	}
	return e
}

// Board returns who is asked and who is not. Holders only.
func (s *Service) Board(ctx context.Context, actor access.Actor, caseID string) (Board, error) {
	if err := s.holder(ctx, actor, caseID); err != nil {
		return Board{}, err
	}
	scope := access.ScopeOf(actor)
	parties, err := s.store.Parties(ctx, scope, caseID)
	if err != nil {
		return Board{}, fmt.Errorf("persons of the case: %w", err)
	}
	records, err := s.store.Consents(ctx, scope, caseID)
	if err != nil {
		return Board{}, fmt.Errorf("consents of a case: %w", err)
	}
	return board(caseID, parties, records, s.now()), nil
}

func board(caseID string, parties []Party, records []Record, now time.Time) Board {
	b := Board{CaseID: caseID, At: now, Rows: []BoardRow{}}
	subjects, ready := 0, 0
	for _, p := range parties {
		row := boardRow(p, records, now)
		b.Rows = append(b.Rows, row)
		if p.Subject {
			subjects++
			if len(row.Scope) > 0 && slices.Contains(row.Purposes, PurposeConference) {
				ready++
			}
		}
	}
	b.Ready = subjects > 0 && ready == subjects
	slices.SortStableFunc(b.Rows, func(x, y BoardRow) int { return cmp.Compare(rank(x), rank(y)) })
	return b
}

func boardRow(p Party, records []Record, now time.Time) BoardRow {
	row := BoardRow{Party: p, State: StateNotExplained, Minor: minor(p.Birth, now), Explained: []Explained{}}
	r, ok := InForce(p.PersonID, now, records)
	for _, x := range records {
		if x.PersonID != p.PersonID {
			continue
		}
		row.Attempts++
		if x.State != StateNotExplained {
			row.Explained = append([]Explained{explained(x)}, row.Explained...)
		}
		if !ok && (r.ID == "" || x.RecordedAt.After(r.RecordedAt)) {
			r = x
		}
	}
	if r.ID != "" {
		row.State = Effective(r, now)
		row.Asked = row.State != StateNotExplained
		row.RecordID, row.Number, row.Purposes = r.ID, r.Number, r.Purposes
		row.AskedBy = r.ExplainedBy
		row.AskedAt, row.From, row.Until = when(r.ExplainedAt), when(r.From), when(r.Until)
	}
	if row.State == StateGranted || row.State == StatePartial {
		row.Scope = r.Left(now)
		row.DaysLeft = int(r.Until.Sub(now) / (24 * time.Hour))
	}
	if ok && renewable(r, records, now) == nil {
		row.Renewable = r.ID
	}
	row.StateLabel = row.State.Label()
	return row
}

func rank(r BoardRow) int {
	if r.Subject {
		return 0
	}
	return 1
}

func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// minor tells whether a person is under 18 on the day of now; someone without a full date of birth is not called a minor
// unless the year alone says so. A person reaches an age at the end of the day before the birthday.
func minor(birth string, now time.Time) bool {
	if len(birth) < 4 {
		return false
	}
	full := birth
	switch len(birth) {
	case 4:
		full += "-01-01"
	case 7:
		full += "-01"
	}
	b, err := time.ParseInLocation(time.DateOnly, full, jst)
	return err == nil && now.Before(b.AddDate(18, 0, -1))
}
