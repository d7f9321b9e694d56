package oversight

import (
	"slices"
	"testing"

	"kasane/internal/access"
	"kasane/internal/consent"
)

// Every way of looking gives something of somebody in the report of an incident: a new way that nobody thought of there would be an incident half told.
func TestEveryLookIsTold(t *testing.T) {
	t.Parallel()
	f := CaseFacts{Docs: []Doc{{ID: "s", Kind: "section", Owner: "p", Person: "p", Item: consent.ItemHealth}, {ID: "d", Kind: "plan", Owner: "pl", Person: "p", Item: consent.ItemIncome},
		{ID: "m", Kind: "minutes", Owner: "g", Item: consent.ItemAbuse}, {ID: "e", Kind: "minutes", Owner: "g", Item: consent.ItemWork, Empty: true}},
		Plans: map[string]string{"g": "pl"}, Records: map[string]Record{"r": {"minutes", "g"}, "q": {"plan", "g"}}, Evidence: map[string]string{"f": "p"}, Handouts: map[string]Doc{"h": {Person: "p", Item: consent.ItemAbuse}}}
	targets := map[access.Verb]string{access.VerbDocOpen: "s", access.VerbDocHistory: "s", access.VerbDocRestore: "s", access.VerbFileGet: "f", access.VerbHandoutOpen: "h", access.VerbHandoutCopy: "h", access.VerbArchiveDownload: "r", access.VerbPDFDraft: "g"}
	for _, v := range Looks() {
		meeting := ""
		if v == access.VerbPDFDraft || v == access.VerbMatrixTake {
			meeting = "g"
		}
		if got := f.disclosed(lookAt{verb: v, target: targets[v], meeting: meeting}); len(got) == 0 || got[0].way == "" {
			t.Errorf("%s (%s) tells nothing", v, v.Label())
		}
	}
	items := func(at lookAt) (out []consent.Item) {
		for _, d := range f.disclosed(at) {
			out = append(out, d.item)
		}
		return out
	}
	words := consent.Items()
	words = slices.DeleteFunc(words, func(i consent.Item) bool { return i == consent.ItemAddress })
	for what, c := range map[string]struct {
		at   lookAt
		want []consent.Item
	}{
		"a draft is of minutes and plan": {lookAt{access.VerbPDFDraft, "g", "g", ""}, []consent.Item{consent.ItemBasic, consent.ItemIncome, consent.ItemAbuse}},
		"a matrix that was taken":        {lookAt{access.VerbMatrixTake, "g", "g", ""}, []consent.Item{consent.ItemBasic, consent.ItemIncome}},
		"a sheet of the case":            {lookAt{access.VerbSheetPaper, "uketsuke", "", ""}, []consent.Item{consent.ItemBasic, consent.ItemHealth}},
		"a スクリーニング票":                     {lookAt{access.VerbSheetPaper, access.PaperScreening, "", ""}, []consent.Item{consent.ItemBasic, consent.ItemProgress}},
		"a sheet that came back":         {lookAt{access.VerbSheetBackLook, "uketsuke", "", ""}, []consent.Item{consent.ItemBasic, consent.ItemHealth}},
		"sealed minutes":                 {lookAt{access.VerbArchiveDownload, "r", "g", ""}, []consent.Item{consent.ItemBasic, consent.ItemIncome, consent.ItemAbuse}},
		"a sealed plan":                  {lookAt{access.VerbArchiveDownload, "q", "g", ""}, []consent.Item{consent.ItemBasic, consent.ItemIncome}},
		"a copy of a paper of the case":  {lookAt{access.VerbArchiveCopy, "c~review~x", "", ""}, append(slices.Clone(words), consent.ItemAddress)},
		"an empty document":              {lookAt{access.VerbDocOpen, "e", "", ""}, nil},
		"a hand-out":                     {lookAt{access.VerbHandoutCopy, "h", "g", ""}, []consent.Item{consent.ItemAbuse}},
		"働きかけの記録":                        {lookAt{access.VerbOutreachOpen, "c", "", ""}, words},
		"a summary of them":              {lookAt{access.VerbOutreachOpen, "", "", ""}, []consent.Item{consent.ItemBasic}},
		"モニタリング":                         {lookAt{access.VerbReviewOpen, "c", "", ""}, words},
		"a document":                     {lookAt{access.VerbDocOpen, "s", "", ""}, []consent.Item{consent.ItemHealth}},
	} {
		got := items(c.at)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", what, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", what, got, c.want)
			}
		}
	}
}
