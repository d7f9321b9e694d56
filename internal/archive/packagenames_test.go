package archive

import "testing"

// The content of a later version has a name of its own; packages from before that call it by the 文書番号.
func TestContentOfAPackageByItsName(t *testing.T) {
	t.Parallel()
	r := Record{Number: "KS2026-0001", Version: 2, ContentSHA256: "b"}
	for name, x := range map[string]struct {
		have map[string]string
		want bool
	}{
		"named by version":            {map[string]string{"data/content/KS2026-0001.json": "a", "data/content/KS2026-0001_v2.json": "b"}, true},
		"from before":                 {map[string]string{"data/content/KS2026-0001.json": "b"}, true},
		"from before, and changed":    {map[string]string{"data/content/KS2026-0001.json": "a"}, false},
		"the first version in place":  {map[string]string{"data/content/KS2026-0001.json": "b", "data/content/KS2026-0001_v2.json": "a"}, false},
		"missing":                     {map[string]string{}, false},
		"of another record":           {map[string]string{"data/content/KS2026-0002.json": "b"}, false},
		"under a name of no version":  {map[string]string{"data/content/KS2026-0001_v3.json": "b"}, false},
		"outside of the content part": {map[string]string{"data/KS2026-0001.json": "b"}, false},
	} {
		p := packageReader{have: x.have}
		if got := p.content(r); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
