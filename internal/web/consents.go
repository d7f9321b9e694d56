package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/consent"
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
	form := consent.FormAt(s.deps.Now())
	body := consentsBody{Persons: []consentPerson{}, Ready: board.Ready, Form: form, FormVersion: form.Version, FormHash: form.Hash(),
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
	return s.reply(w, r, body)
}

func (s *server) consentRecord(w http.ResponseWriter, r *http.Request) error {
	var in consent.Input
	if err := decode(r, &in); err != nil {
		return err
	}
	in.CaseID = chi.URLParam(r, "case")
	in.From, in.Until = day(in.From, 0), day(in.Until, -time.Microsecond)
	if in.EvidenceFile != "" {
		// The hash in the record is the one of the stored file, whatever the client says; the file must be of this case.
		f, err := s.deps.Files.Meta(r.Context(), access.ActorFrom(r.Context()), in.EvidenceFile)
		if err != nil {
			return notTheFile(err)
		}
		if f.CaseID != in.CaseID {
			return notTheFile(nil)
		}
		in.EvidenceSHA256 = f.SHA256
	} else {
		in.EvidenceSHA256 = ""
	}
	rec, err := s.deps.Consent.Record(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
	return s.reply(w, r, rec)
}

func (s *server) consentWithdraw(w http.ResponseWriter, r *http.Request) error {
	var in consent.WithdrawInput
	if err := decode(r, &in); err != nil {
		return err
	}
	in.RecordID = chi.URLParam(r, "id")
	rec, err := s.deps.Consent.Withdraw(r.Context(), access.ActorFrom(r.Context()), in)
	if err != nil {
		return err
	}
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
