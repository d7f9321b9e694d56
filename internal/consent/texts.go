package consent

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// KeptText (保存された文面) is a version of the consent text as it is kept: once per municipality, with its number and hash. Records name
// the hash, so that what was signed can be shown word by word. The name of the person is no part of the text.
type KeptText struct {
	No     int       `json:"no"` // 第n版, counted per municipality
	Hash   string    `json:"hash"`
	Text   FormText  `json:"text"`
	Own    bool      `json:"own"` // written by the municipality, not built in
	KeptAt time.Time `json:"keptAt"`
	KeptBy string    `json:"keptBy,omitempty"` // user id
	// Altered: the kept text no longer has its hash. It was changed behind Kasane's back.
	Altered bool `json:"altered,omitempty"`
}

// TextInput is a new version of the text, as a municipality writes it.
type TextInput struct {
	Title         string   `json:"title"`
	Paragraphs    []string `json:"paragraphs"`
	Easy          []string `json:"easy"`
	Withdraw      string   `json:"withdraw"`
	EffectiveFrom string   `json:"effectiveFrom"` // 適用開始日, ISO date
}

const (
	maxParagraphs = 30
	maxParagraph  = 1000
)

// Texts returns the versions the municipality has kept, oldest first, and the one in force now. Holders only.
func (s *Service) Texts(ctx context.Context, actor access.Actor) ([]KeptText, FormText, error) {
	if err := s.holder(ctx, actor, ""); err != nil {
		return nil, FormText{}, err
	}
	return s.texts(ctx, actor.Tenant, s.now())
}

func (s *Service) texts(ctx context.Context, tenant string, now time.Time) ([]KeptText, FormText, error) {
	kept, err := s.store.ConsentTexts(ctx, tenant)
	if err != nil {
		return nil, FormText{}, fmt.Errorf("consent texts: %w", err)
	}
	for i := range kept {
		kept[i].Altered = kept[i].Text.Hash() != kept[i].Hash
	}
	return kept, inForceText(kept, now), nil
}

// inForceText is the newest own text that applies, else the built-in one: once a municipality words its own sheet, Kasane does not change
// it by an update.
func inForceText(kept []KeptText, now time.Time) FormText {
	day := now.In(jst).Format(time.DateOnly)
	best := -1
	for i, k := range kept {
		if k.Own && !k.Altered && k.Text.EffectiveFrom <= day &&
			(best < 0 || k.Text.EffectiveFrom >= kept[best].Text.EffectiveFrom) { // of two that begin on one day, the later one
			best = i
		}
	}
	if best >= 0 {
		return kept[best].Text
	}
	return FormAt(now)
}

// shown finds the text a record was made with: the one named by its hash, else the one in force.
func (s *Service) shown(ctx context.Context, tenant, hash string, now time.Time) (FormText, error) {
	kept, current, err := s.texts(ctx, tenant, now)
	if err != nil || hash == "" {
		return current, err
	}
	for _, f := range FormTexts() {
		if f.Hash() == hash {
			return f, nil
		}
	}
	for _, k := range kept {
		if k.Hash == hash && !k.Altered {
			return k.Text, nil
		}
	}
	return FormText{}, fault.New(fault.Invalid, "同意書の文面の版が見つかりません。画面を更新してから、もう一度記録してください。").On("formHash")
}

// TextOf is the text with a hash, as kept or built in.
func TextOf(kept []KeptText, hash string) (KeptText, bool) {
	for _, k := range kept {
		if k.Hash == hash {
			return k, true
		}
	}
	for _, f := range FormTexts() {
		if f.Hash() == hash {
			return KeptText{Hash: hash, Text: f}, true
		}
	}
	return KeptText{}, false
}

// SaveText keeps a new version of the municipality's own text. A version is never changed: a changed text is a new one.
func (s *Service) SaveText(ctx context.Context, actor access.Actor, in TextInput) (KeptText, error) {
	now := s.now().UTC().Truncate(time.Microsecond)
	if err := access.Require(actor, access.ActAdminister); err != nil {
		if actor.Tenant != "" {
			if aerr := s.store.AppendAudit(ctx, actor.Audit(now, access.VerbConsentText, "").Denied("role")); aerr != nil {
				return KeptText{}, fmt.Errorf("audit of a refusal: %w", aerr)
			}
		}
		return KeptText{}, err
	}
	if err := in.check(); err != nil {
		return KeptText{}, err
	}
	kept, current, err := s.texts(ctx, actor.Tenant, now)
	if err != nil {
		return KeptText{}, err
	}
	f := FormText{Version: "独自-" + in.EffectiveFrom, EffectiveFrom: in.EffectiveFrom, Title: in.Title, Paragraphs: in.Paragraphs, Easy: in.Easy, Withdraw: in.Withdraw}
	if same := func(o FormText) bool {
		return o.Title == f.Title && slices.Equal(o.Paragraphs, f.Paragraphs) && slices.Equal(o.Easy, f.Easy) && o.Withdraw == f.Withdraw
	}; same(current) && current.EffectiveFrom <= f.EffectiveFrom {
		return KeptText{}, fault.New(fault.Conflict, "今の文面と同じです。変えてから保存してください。")
	}
	if _, known := TextOf(kept, f.Hash()); known {
		return KeptText{}, fault.New(fault.Conflict, "同じ文面の版がすでにあります。")
	}
	k := KeptText{Hash: f.Hash(), Text: f, Own: true, KeptAt: now, KeptBy: actor.UserID}
	e := actor.Audit(now, access.VerbConsentText, f.Hash())
	e.Hash = f.Hash()
	if k.No, err = s.store.KeepText(ctx, actor.Tenant, k, e); err != nil {
		return KeptText{}, fmt.Errorf("keep a consent text: %w", err)
	}
	return k, nil
}

func (in TextInput) check() error {
	if _, err := parseDay("effectiveFrom", "適用開始日", in.EffectiveFrom); err != nil {
		return err
	}
	if err := first(text.Required("title", "題名", in.Title), text.Line("title", "題名", in.Title, 60)); err != nil {
		return err
	}
	for _, part := range []struct {
		key, label string
		list       []string
	}{{"paragraphs", "文面", in.Paragraphs}, {"easy", "やさしい日本語の文面", in.Easy}, {"withdraw", "撤回の説明", []string{in.Withdraw}}} {
		if len(part.list) == 0 || len(part.list) > maxParagraphs {
			return fault.Newf(fault.Invalid, "%sは1段落から%d段落までです。", part.label, maxParagraphs).On(part.key)
		}
		for _, p := range part.list {
			if err := first(text.Required(part.key, part.label, p), text.Line(part.key, part.label, p, maxParagraph)); err != nil {
				return err
			}
		}
	}
	return nil
}
