package consent

import (
	"context"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
)

var city = access.Actor{Tenant: "t", UserID: "u3", Name: "課長", AgencyID: "s", Roles: []access.Role{access.RoleCity}}

func ownText() TextInput {
	return TextInput{Title: "潮見市 情報共有の同意書", Paragraphs: []string{"私は、次のとおり同意します。"}, Easy: []string{"あなたのことを つたえます。"},
		Withdraw: "いつでも撤回できます。", EffectiveFrom: "2026-07-01"}
}

func TestTheTextIsKeptOncePerVersion(t *testing.T) {
	t.Parallel()
	s, f, now := at(clock)
	ctx := context.Background()
	first, err := s.Record(ctx, secretary, input())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Record(ctx, secretary, input()); err != nil {
		t.Fatal(err)
	}
	kept, current, err := s.Texts(ctx, secretary)
	if err != nil || len(kept) != 1 || kept[0].No != 1 || kept[0].Hash != first.FormHash || kept[0].Text.Hash() != first.FormHash || current.Hash() != first.FormHash {
		t.Fatalf("kept %+v %v", kept, err)
	}
	own, err := s.SaveText(ctx, city, ownText())
	if err != nil || own.No != 2 || !own.Own {
		t.Fatalf("%+v %v", own, err)
	}
	r, err := s.Record(ctx, secretary, input()) // in June the old text is still shown
	if err != nil || r.FormHash != first.FormHash {
		t.Errorf("before it applies: %s %v", r.FormVersion, err)
	}
	*now = clock.AddDate(0, 1, 0)
	in := input()
	in.From, in.Until, in.ExplainedAt = "2026-07-02", "2027-07-01", *now
	r, err = s.Record(ctx, secretary, in)
	if err != nil || r.FormHash != own.Hash || r.FormVersion != own.Text.Version {
		t.Errorf("after it applies: %s %v", r.FormVersion, err)
	}
	in.FormHash = first.FormHash // the sheet that was printed in June and signed in July
	if r, err = s.Record(ctx, secretary, in); err != nil || r.FormHash != first.FormHash {
		t.Errorf("signed on the old sheet: %s %v", r.FormVersion, err)
	}
	if kept, _, _ := s.Texts(ctx, secretary); len(kept) != 2 {
		t.Errorf("kept %d texts", len(kept))
	}
	if k, ok := TextOf(f.texts, own.Hash); !ok || k.Text.Title != "潮見市 情報共有の同意書" {
		t.Errorf("%+v", k)
	}
}

func TestSaveTextRefuses(t *testing.T) {
	t.Parallel()
	s, f, _ := at(clock)
	ctx := context.Background()
	for _, c := range []struct {
		name, field string
		spoil       func(*TextInput)
	}{
		{"no day", "effectiveFrom", func(i *TextInput) { i.EffectiveFrom = "" }},
		{"no title", "title", func(i *TextInput) { i.Title = " " }},
		{"no text", "paragraphs", func(i *TextInput) { i.Paragraphs = nil }},
		{"an empty paragraph", "paragraphs", func(i *TextInput) { i.Paragraphs = append(i.Paragraphs, "") }},
		{"too long", "paragraphs", func(i *TextInput) { i.Paragraphs = []string{strings.Repeat("あ", 1001)} }},
		{"no easy text", "easy", func(i *TextInput) { i.Easy = nil }},
		{"nothing about withdrawal", "withdraw", func(i *TextInput) { i.Withdraw = "" }},
	} {
		in := ownText()
		c.spoil(&in)
		if _, err := s.SaveText(ctx, city, in); !fault.Is(err, fault.Invalid) || field(err) != c.field {
			t.Errorf("%s: %v (field %q)", c.name, err, field(err))
		}
	}
	b := FormAt(clock)
	same := TextInput{Title: b.Title, Paragraphs: b.Paragraphs, Easy: b.Easy, Withdraw: b.Withdraw, EffectiveFrom: "2026-08-01"}
	if _, err := s.SaveText(ctx, city, same); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same text: %v", err)
	}
	for _, who := range []access.Actor{secretary, helper, {}} {
		if _, err := s.SaveText(ctx, who, ownText()); err == nil {
			t.Errorf("%v writes the text", who.Roles)
		}
	}
	if len(f.texts) != 0 {
		t.Errorf("kept %+v", f.texts)
	}
	if _, err := s.SaveText(ctx, city, ownText()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveText(ctx, city, ownText()); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same version twice: %v", err)
	}
}

// TestAnAlteredTextIsNotShown: a text that was changed in the database no longer has its hash; it is called so and nothing is recorded with it.
func TestAnAlteredTextIsNotShown(t *testing.T) {
	t.Parallel()
	s, f, now := at(clock)
	ctx := context.Background()
	own, err := s.SaveText(ctx, city, ownText())
	if err != nil {
		t.Fatal(err)
	}
	f.texts[0].Text.Paragraphs = []string{"すべてに同意します。"}
	*now = clock.AddDate(0, 2, 0)
	kept, current, err := s.Texts(ctx, secretary)
	if err != nil || !kept[0].Altered || current.Hash() != FormTexts()[0].Hash() {
		t.Errorf("%+v, current %s, %v", kept, current.Version, err)
	}
	in := input()
	in.FormHash = own.Hash
	if _, err := s.Record(ctx, secretary, in); field(err) != "formHash" {
		t.Errorf("recorded with an altered text: %v", err)
	}
}
