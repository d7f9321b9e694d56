package casesheets_test

import (
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/pdf/pdftest"
)

func (d *desk) courses() *cases.Service {
	return cases.NewService(d.store, cases.NewGatekeeper(d.store, nil, d.clock.Now), d, d.clock.Now)
}

// screen takes the case into its インテーク and records two スクリーニング there, the second of which counts.
func (d *desk) screen(move bool) {
	d.Helper()
	svc := d.courses()
	step := func(to cases.Stage, version int64) {
		d.Helper()
		_, err := svc.SetStage(d.ctx, d.holder, "c1", cases.StageInput{Stage: to, Version: version})
		d.ok(err)
	}
	step(cases.StageIntake, 1)
	at := d.clock.Now().Format(time.DateOnly)
	d.clock.Advance(time.Minute)
	d.ok(svc.Screen(d.ctx, d.holder, "c1", cases.ScreeningInput{Version: 2, Day: at, Result: "2", To: "生活福祉課の貸付", Reason: "はじめの理由"}))
	d.clock.Advance(time.Minute)
	d.ok(svc.Screen(d.ctx, d.holder, "c1", cases.ScreeningInput{Version: 2, Day: at, Result: "4", Grounds: []string{"01", "04"}, Reason: "二度目の理由"}))
	if move {
		d.clock.Advance(time.Minute)
		step(cases.StageAssessment, 2)
	}
}

func (d *desk) screening(a access.Actor) (string, error) {
	d.Helper()
	res, name, err := d.svc.Screening(d.ctx, a, "c1")
	if err != nil {
		return "", err
	}
	pdftest.Sound(d.T, res.PDF)
	if !strings.Contains(name, "スクリーニング票") {
		d.Errorf("the file is called %q", name)
	}
	return ink(d.T, res), nil
}

// スクリーニング票 tells who holds the record everything; an agency reads of it what the gate shows, and nothing is a ground for paper that is only a look.
func TestScreeningSheet(t *testing.T) {
	d := newDesk(t)
	if _, err := d.screening(d.holder); !fault.Is(err, fault.NotFound) {
		t.Errorf("a paper of no スクリーニング: %v", err)
	}
	d.screen(true)
	text, err := d.screening(d.holder)
	d.ok(err)
	d.says(text, "K2026-0001", "田中 \uFA10子", "☑④継続支援しプランを策定する", "☐①情報提供", "☑ 役割分担が不明", "☑ 制度の狭間", "☐ 主担当不在", "二度目の理由", "「アセスメント」に進めました", "前の結果", "②他の制度・機関で対応可能", "はじめの理由")

	text, err = d.screening(d.csw) // 基本情報 is agreed to, 支援経過 is not
	d.ok(err)
	d.says(text, "☑④継続支援しプランを策定する", "同意範囲外", "②他の制度・機関で対応可能")
	d.saysNot(text, "二度目の理由", "はじめの理由", "生活福祉課の貸付", "役割分担が不明")

	if _, err := d.screening(d.job); err == nil {
		t.Error("an agency without any consent takes a スクリーニング票")
	}
	away := d.csw
	away.NoCopies = true
	if _, err := d.screening(away); !fault.Is(err, fault.Forbidden) {
		t.Errorf("an agency that takes no files: %v", err)
	}
	stranger := access.Actor{Tenant: tenant, UserID: "u9", AgencyID: "a9", Roles: []access.Role{access.RoleAgency}}
	if _, err := d.screening(stranger); err == nil {
		t.Error("a stranger takes a スクリーニング票")
	}
}

// What an agency is shown by 緊急開示 alone stays off the paper.
func TestScreeningSheetInAnEmergency(t *testing.T) {
	d := newDesk(t)
	d.screen(false)
	text, err := d.screening(d.holder)
	d.ok(err)
	d.says(text, "まだ進めていません")
	urgent := consent.Emergency{ID: "em1", Tenant: tenant, CaseID: "c1", AgencyID: "a2", Persons: []string{"p1", "p2"}, Items: []consent.Item{consent.ItemProgress}, Basis: "life", Reason: "急ぐ",
		At: d.clock.Now(), Until: d.clock.Now().Add(time.Hour), By: "u1", ByName: "髙橋"}
	d.ok(d.store.InsertEmergency(d.ctx, urgent, d.w.Entry("urgent", access.VerbEmergency)))
	if c, err := d.courses().Course(d.ctx, d.csw, "c1"); err != nil || c.Withheld {
		t.Fatalf("the screen does not show it either: %v %v", c.Withheld, err)
	}
	text, err = d.screening(d.csw)
	d.ok(err)
	d.saysNot(text, "二度目の理由", "役割分担が不明")
}
