package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
)

type labelled struct {
	Code  string `json:"code"`
	Label string `json:"label"`
}

type consentsBody struct {
	Persons     []consentPerson  `json:"persons"`
	Ready       bool             `json:"ready"`
	Items       []labelled       `json:"items"`
	Purposes    []labelled       `json:"purposes"`
	FormText    string           `json:"formText"` // the whole text, a paragraph a line
	Form        consent.FormText `json:"form"`
	FormVersion string           `json:"formVersion"`
	FormHash    string           `json:"formHash"`
	// Texts: every version kept, by number: which text a record names is shown word by word.
	Texts []consent.KeptText `json:"texts"`
	Ways  []labelled         `json:"ways"`
	Cares []labelled         `json:"cares"`
}

type consentPerson struct {
	consent.BoardRow
	Records []consent.Record `json:"records"` // newest first
}

func (s *server) consentList(w http.ResponseWriter, r *http.Request) error {
	ctx, a, id := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "case")
	board, err := s.deps.Consent.Board(ctx, a, id)
	if err != nil {
		return err
	}
	records, err := s.deps.Consent.ListForCase(ctx, a, id)
	if err != nil {
		return err
	}
	texts, form, err := s.deps.Consent.Texts(ctx, a)
	if err != nil {
		return err
	}
	body := consentsBody{Persons: []consentPerson{}, Ready: board.Ready, Form: form, FormVersion: form.Version, FormHash: form.Hash(), Texts: some(texts),
		FormText: strings.Join(append(slices.Clone(form.Paragraphs), form.Withdraw), "\n")}
	for _, row := range board.Rows {
		p := consentPerson{BoardRow: row, Records: []consent.Record{}}
		for i := len(records) - 1; i >= 0; i-- {
			if records[i].PersonID == row.PersonID {
				p.Records = append(p.Records, records[i])
			}
		}
		body.Persons = append(body.Persons, p)
	}
	for _, i := range consent.Items() {
		body.Items = append(body.Items, labelled{string(i), i.Label()})
	}
	for _, p := range consent.Purposes() {
		body.Purposes = append(body.Purposes, labelled{string(p), p.Label()})
	}
	for _, x := range consent.Ways() {
		body.Ways = append(body.Ways, labelled{string(x), x.Label()})
	}
	for _, x := range consent.Cares() {
		body.Cares = append(body.Cares, labelled{string(x), x.Label()})
	}
	return s.reply(w, r, body)
}

func (s *server) consentRecord(w http.ResponseWriter, r *http.Request) error {
	var in consent.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	in.CaseID = chi.URLParam(r, "case")
	in.From, in.Until = day(in.From, 0), day(in.Until, -time.Microsecond)
	var err error
	if in.EvidenceSHA256, err = s.evidence(r, in.EvidenceFile, in.CaseID); err != nil {
		return err
	}
	rec, err := s.deps.Consent.Record(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	s.caseChanged(r, rec.CaseID)
	return s.reply(w, r, rec)
}

// evidence gives the hash of the stored file, whatever the client says; the file must be of this case.
func (s *server) evidence(r *http.Request, id, caseID string) (string, error) {
	if id == "" {
		return "", nil
	}
	f, err := s.deps.Files.Meta(r.Context(), access.ActorFrom(r.Context()), id)
	if err != nil {
		return "", notTheFile(err)
	}
	if f.CaseID != caseID {
		return "", notTheFile(nil)
	}
	return f.SHA256, nil
}

// consentRenew records the consent anew with the scope of the record in the path.
func (s *server) consentRenew(w http.ResponseWriter, r *http.Request) error {
	var in consent.RenewInput
	if err := decode(r, &in); err != nil {
		return err
	}
	in.RecordID = chi.URLParam(r, "id")
	in.From, in.Until = day(in.From, 0), day(in.Until, -time.Microsecond)
	old, err := s.deps.Consent.One(r.Context(), access.ActorFrom(r.Context()), in.RecordID)
	if err != nil {
		return err
	}
	if in.EvidenceSHA256, err = s.evidence(r, in.EvidenceFile, old.CaseID); err != nil {
		return err
	}
	rec, err := s.deps.Consent.Renew(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, rec)
}

// consentEnding lists what ends soon.
func (s *server) consentEnding(w http.ResponseWriter, r *http.Request) error {
	days := 0
	if v := r.URL.Query().Get("days"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return fault.New(fault.Invalid, "日数を確かめてください。").On("days")
		}
		days = n
	}
	list, err := s.deps.Consent.Ending(r.Context(), access.ActorFrom(r.Context()), days)
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"ending": list})
}

// consentTexts lists the versions of the consent text.
func (s *server) consentTexts(w http.ResponseWriter, r *http.Request) error {
	texts, current, err := s.deps.Consent.Texts(r.Context(), access.ActorFrom(r.Context()))
	if err != nil {
		return err
	}
	return s.reply(w, r, map[string]any{"texts": some(texts), "current": current, "currentHash": current.Hash()})
}

func (s *server) consentTextSave(w http.ResponseWriter, r *http.Request) error {
	var in consent.TextInput
	if err := decode(r, &in); err != nil {
		return err
	}
	k, err := s.deps.Consent.SaveText(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, k)
}

func (s *server) consentWithdraw(w http.ResponseWriter, r *http.Request) error {
	var in consent.WithdrawInput
	if err := decode(r, &in); err != nil {
		return err
	}
	in.RecordID = chi.URLParam(r, "id")
	if in.EvidenceFile != "" {
		old, err := s.deps.Consent.One(r.Context(), access.ActorFrom(r.Context()), in.RecordID)
		if err != nil {
			return err
		}
		if in.EvidenceSHA256, err = s.evidence(r, in.EvidenceFile, old.CaseID); err != nil {
			return err
		}
	}
	rec, err := s.deps.Consent.Withdraw(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	s.caseChanged(r, rec.CaseID)
	return s.reply(w, r, rec)
}

// day accepts an instant, as records are read, where a day is written: back is taken off an exclusive end.
func day(v string, back time.Duration) string {
	t, err := time.Parse(time.RFC3339, v)
	if err != nil {
		return v // a date, or something the service refuses by name of its field
	}
	return t.Add(back).In(jst).Format(time.DateOnly)
}
