package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/identity"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/plans"
	"kasane/internal/store"
)

// World is a small municipality in a fresh store: two agencies, one case with two persons and their documents, a plan and
// a meeting. All ids are fixed, so two engines hold the same.
type World struct {
	Store  *store.Store
	Tenant string
	Holder access.Actor // 事務局
	Member access.Actor // of agency "a2", a current member of case "c1"
	Docs   []string     // documents of the case, in order of id
}

// Entry is an audit entry of the holder, with a fixed id.
func (w World) Entry(id string, v access.Verb) access.Entry {
	return access.Entry{ID: id, At: Start, Tenant: w.Tenant, ActorID: "u1", AgencyID: "a1", Verb: v, Target: "x", Result: "ok"}
}

// Recorded is the audit entry of recording a consent, as the service writes it.
func (w World) Recorded(id string, r consent.Record) access.Entry {
	e := w.Entry(id, access.VerbConsentRecord).InCase(r.CaseID)
	e.Target = r.ID
	hash, err := consent.Digest(r)
	if err != nil {
		panic(err)
	}
	e.Hash = hash
	return e
}

// Withdrawn is the audit entry of a withdrawal, as the service writes it.
func (w World) Withdrawn(id string, wd consent.Withdrawal) access.Entry {
	e := w.Entry(id, access.VerbConsentWithdraw)
	e.Target = wd.RecordID
	body, err := json.Marshal(wd)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(body)
	e.Hash = hex.EncodeToString(sum[:])
	return e
}

// NewWorld fills a store.
func NewWorld(t testing.TB, s *store.Store, tenant string) World {
	t.Helper()
	ctx := context.Background()
	w := World{Store: s, Tenant: tenant,
		Holder: access.Actor{Tenant: tenant, UserID: "u1", AgencyID: "a1", Roles: []access.Role{access.RoleSecretariat}},
		Member: access.Actor{Tenant: tenant, UserID: "u2", AgencyID: "a2", Roles: []access.Role{access.RoleAgency}}}
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	must(s.CreateMunicipality(ctx, access.Municipality{ID: tenant, Name: "架空市" + tenant, Code: tenant, Demo: true, CreatedAt: Start},
		access.Agency{ID: "a1", Name: "福祉課", Short: "福祉", Category: "01", City: true, Active: true},
		identity.Account{User: access.User{ID: "u1", AgencyID: "a1", Login: "jimu", Name: "髙橋 \uFA10子", Kana: "たかはし つかこ",
			Post: "係長", Roles: []access.Role{access.RoleSecretariat}}, PasswordHash: "h"}, false, w.Entry("e01", access.VerbSetup)))
	must(s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: "a2", Name: "社会福祉協議会", Short: "社協", Category: "02", Active: true}, true, w.Entry("e02", access.VerbAgencySave)))
	must(s.SaveAgency(ctx, access.Agency{Tenant: tenant, ID: "a3", Name: "就労支援センター", Short: "就労", Category: "03", Active: true}, true, w.Entry("e03", access.VerbAgencySave)))
	must(s.CreateUser(ctx, identity.Account{User: access.User{Tenant: tenant, ID: "u2", AgencyID: "a2", Login: "shakyo", Name: "渡邉\U000E0100 一", Kana: "わたなべ はじめ",
		Roles: []access.Role{access.RoleAgency}}, PasswordHash: "h2"}, w.Entry("e04", access.VerbUserSave)))
	must(s.CreateCase(ctx, cases.Case{ID: "c1", Tenant: tenant, Number: "K2026-0001", Stage: cases.StageReceived, Version: 1, OpenedAt: Start, OpenedBy: "u1", UpdatedAt: Start},
		[]cases.Person{
			{ID: "p1", Ord: 1, Name: "田中 \uFA10子", Kana: "たなか つかこ", Relation: "本人", Birth: "1971-04", Sex: "女", Subject: true, UpdatedAt: Start},
			{ID: "p2", Ord: 2, Name: "田中 﨑夫", Kana: "たなか さきお", Alias: "さきちゃん", Relation: "長男", Sex: "男", AddressSecret: true, WithheldFrom: []string{"a3"}, UpdatedAt: Start},
		}, []cases.Member{{AgencyID: "a2", Since: Start, Note: "貸付の相談"}}, w.Entry("e05", access.VerbCaseCreate)))
	_, err := s.EnsureDocs(ctx, []live.Meta{
		{Tenant: tenant, ID: "d1", Kind: live.KindSection, CaseID: "c1", OwnerID: "p1", PersonID: "p1", Item: consent.ItemBasic},
		{Tenant: tenant, ID: "d2", Kind: live.KindSection, CaseID: "c1", OwnerID: "p2", PersonID: "p2", Item: consent.ItemHealth},
	}, w.Entry("e06", access.VerbDocOpen))
	must(err)
	_, err = s.CreatePlan(ctx, plans.Plan{ID: "pl1", Tenant: tenant, CaseID: "c1", CreatedAt: Start, CreatedBy: "u1", CreatedFor: "a1"}, []plans.NewDoc{
		{Meta: live.Meta{Tenant: tenant, ID: "d3", Kind: live.KindPlan, CaseID: "c1", OwnerID: "pl1", Item: consent.ItemBasic}, Initial: []byte{1, 2}, Clients: map[uint64]string{77: "u1"}},
		{Meta: live.Meta{Tenant: tenant, ID: "d4", Kind: live.KindPlan, CaseID: "c1", OwnerID: "pl1", PersonID: "p1", Item: consent.ItemIncome}},
	}, w.Entry("e07", access.VerbPlanCreate))
	must(err)
	_, err = s.CreateMeeting(ctx, NewMeeting(tenant, "g1", "pl1"), []live.Meta{
		{Tenant: tenant, ID: "d5", Kind: live.KindMinutes, CaseID: "c1", OwnerID: "g1", Item: consent.ItemBasic}},
		[]meeting.Event{{Kind: meeting.KindCreated, At: Start, ActorID: "u1", ActorName: "髙橋", AgencyID: "a1", AgencyName: "福祉課", Data: []byte(`{"n":1}`)}},
		w.Entry("e08", access.VerbMeetingCreate))
	must(err)
	must(s.InsertConsent(ctx, NewConsent(tenant, "r1", "p1"), Shown(), w.Recorded("e09", NewConsent(tenant, "r1", "p1"))))
	w.Docs = []string{"d1", "d2", "d3", "d4", "d5"}
	return w
}

// NewMeeting is a meeting of case "c1" in which agency "a2" has a seat.
func NewMeeting(tenant, id, planID string) meeting.Meeting {
	return meeting.Meeting{ID: id, Tenant: tenant, CaseID: "c1", PlanID: planID, Title: "重層的支援会議", Type: meeting.BuiltInTypes()[0], Mode: consent.ModeLayered,
		PlannedStart: Start.Add(24 * time.Hour), PlannedEnd: Start.Add(25 * time.Hour), Place: "第一会議室", Form: meeting.FormHybrid, ChairID: "u1",
		DeputyIDs: []string{"u2"}, RecorderID: "u2", Status: meeting.StatusDraft, Agencies: []string{"a2"}, CreatedAt: Start, CreatedBy: "u1"}
}

// Shown is the text the consents of a World were given with.
func Shown() consent.FormText { return consent.FormTexts()[0] }

// NewConsent is a consent of a person of case "c1" for agency "a2".
func NewConsent(tenant, id, person string) consent.Record {
	return consent.Record{ID: id, Tenant: tenant, CaseID: "c1", PersonID: person, Number: "D2026-" + id, State: consent.StatePartial, Grantor: consent.GrantorSelf,
		GrantorName: "田中", GrantorNote: "本人", Purposes: []consent.Purpose{consent.PurposeConference}, Scope: map[string][]consent.Item{"a2": {consent.ItemBasic, consent.ItemIncome}},
		From: Start, Until: Start.Add(365 * 24 * time.Hour), Method: consent.MethodWritten, MethodNote: "自宅", ExplainedBy: "髙橋", ExplainedAt: Start,
		ExplainHow: "ふりがな", EvidenceFile: "f1", EvidenceSHA256: "00", Signature: []byte(`[[{"x":0.1,"y":0.2,"t":3}]]`), FormVersion: Shown().Version, FormHash: Shown().Hash(),
		RecordedBy: "u1", RecordedAt: Start.Add(time.Minute)}
}
