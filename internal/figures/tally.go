package figures

import (
	"context"
	"fmt"
	"slices"

	"kasane/internal/access"
	"kasane/internal/live"
	"kasane/internal/sheets"
)

// Sheet is one document of sheet fields that has changed since its choices were read.
type Sheet struct {
	ID     string
	CaseID string
	Owner  sheets.Owner
	Item   string
	Head   int64
}

// Answer is one choice made in a sheet. A check box answers "true".
type Answer struct {
	Field string
	Code  string
}

// Answered is how often a choice stands in the sheets of the cases opened in a span: once for each household or person.
type Answered struct {
	Answer
	Count int
}

// TallyStore keeps the choices read out of the sheets.
type TallyStore interface {
	ListMunicipalities(ctx context.Context) ([]access.Municipality, error)
	// UnreadSheets gives documents that were written in since their choices were read, at most limit of them.
	UnreadSheets(ctx context.Context, tenant string, limit int) ([]Sheet, error)
	// SaveAnswers puts the choices of a document, as of its head, in the place of those read before. An older head changes nothing.
	SaveAnswers(ctx context.Context, tenant string, s Sheet, head int64, answers []Answer) error
}

// Documents reads a document for the server itself; live.Service is it.
type Documents interface {
	ReadDocument(ctx context.Context, tenant, docID string) (*live.Document, error)
}

// Tally (様式の集計) reads the choices of the sheets out of their documents, some at a time, so that counting them is one question to the database. Of texts, dates and
// numbers it reads nothing. Two nodes at it do the same twice, and no harm.
type Tally struct {
	store TallyStore
	docs  Documents
	books sheets.Books
	today func() string
}

// NewTally makes one. today is the day in Japan.
func NewTally(st TallyStore, docs Documents, books sheets.Books, today func() string) *Tally {
	return &Tally{st, docs, books, today}
}

// atOnce bounds how many documents of a municipality are read in one step.
const atOnce = 200

// Step reads what has changed, at most atOnce documents of each municipality.
func (t *Tally) Step(ctx context.Context) error {
	towns, err := t.store.ListMunicipalities(ctx)
	if err != nil {
		return fmt.Errorf("tally: %w", err)
	}
	for _, m := range towns {
		if _, err := t.read(ctx, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// read reads what has changed in one municipality. more: there was too much for one step.
func (t *Tally) read(ctx context.Context, tenant string) (more bool, err error) {
	list, err := t.store.UnreadSheets(ctx, tenant, atOnce)
	if err != nil {
		return false, fmt.Errorf("tally: %w", err)
	}
	set := t.books.Of(tenant).At(t.today())
	for _, s := range list {
		d, err := t.docs.ReadDocument(ctx, tenant, s.ID)
		if err != nil {
			return false, fmt.Errorf("tally: a sheet cannot be read: %w", err)
		}
		if err := t.store.SaveAnswers(ctx, tenant, s, d.Seq(), Answers(set, s, d)); err != nil {
			return false, fmt.Errorf("tally: %w", err)
		}
	}
	return len(list) == atOnce, nil
}

// Answers are the choices a document holds, each once, by field and code.
func Answers(set sheets.Set, s Sheet, d interface{ Value(key string) (any, bool) }) []Answer {
	var out []Answer
	for _, f := range set.FieldsOf(s.Owner, s.Item) {
		v, _ := d.Value(f.Key())
		if v == nil || v == "" || v == false || set.Validate(f, v) != nil {
			continue // nothing chosen, or what no form ever offered
		}
		switch f.Type {
		case sheets.TypeOne:
			out = append(out, Answer{f.ID, v.(string)})
		case sheets.TypeMulti:
			codes, _ := sheets.Choices(v.(string)) // it was read above
			for _, c := range codes {
				out = append(out, Answer{f.ID, c})
			}
		case sheets.TypeBool:
			out = append(out, Answer{f.ID, "true"})
		}
	}
	return out
}

// AddAnswers appends, for each field with choices that was answered, how the answers are spread. Fields stand in the order of the forms.
func (t *Table) AddAnswers(set sheets.Set, list []Answered) {
	t.Answers = []Share{}
	count := map[Answer]int{}
	for _, a := range list {
		count[a.Answer] = a.Count
	}
	for _, form := range set.Forms {
		for _, sec := range form.Sections {
			for _, f := range sec.Fields {
				if share := spread(set, form, f, count); share.Total > 0 {
					t.Answers = append(t.Answers, share)
				}
			}
		}
	}
}

func spread(set sheets.Set, form sheets.Definition, f sheets.Field, count map[Answer]int) Share {
	unit, whose := UnitHouseholds, "世帯"
	if f.Owner == sheets.OwnerPerson {
		unit, whose = UnitPeople, "世帯員"
	}
	out := Share{ID: "answer-" + f.ID, Title: f.Label, Unit: unit, Reported: f.StateReport,
		Definition: fmt.Sprintf("年度の中に受け付けたケースの%s。%sごとに1と数えます。", form.Title, whose)}
	var codes []sheets.Code
	switch f.Type {
	case sheets.TypeOne, sheets.TypeMulti:
		l, _ := set.List(f.Codes)
		codes = l.Codes
		if f.Type == sheets.TypeMulti {
			out.Definition += "いくつでも選べる項目なので、合計は選ばれた数です。"
		}
	case sheets.TypeBool:
		codes = []sheets.Code{{Code: "true", Label: "あり"}}
	}
	for _, c := range codes {
		n := count[Answer{f.ID, c.Code}]
		if n == 0 && c.Retired {
			continue
		}
		out.Rows = append(out.Rows, Row{Label: c.Label, Count: n})
		out.Total += n
	}
	out.Rows = slices.Clip(out.Rows)
	return out
}
