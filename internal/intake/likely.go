package intake

import (
	"cmp"
	"context"
	"slices"

	"kasane/internal/access"
)

// shownOfMany is how many are shown of each when many are looked for at once.
const shownOfMany = 3

// Likely looks for many people at once (取込の重複のおそれ), and answers for each with those who are surely like them. It looks through what Similar looks through: what the
// actor may not see by name is left out before any name is compared.
func (s *Service) Likely(ctx context.Context, actor access.Actor, wanted []Wanted) ([][]Similar, error) {
	if err := access.Require(actor, access.ActIntake); err != nil {
		return nil, err
	}
	seen, err := s.namesSeen(ctx, actor)
	if err != nil {
		return nil, err
	}
	have := make([]folded, len(seen))
	for i, n := range seen {
		have[i] = n.folded()
	}
	out := make([][]Similar, len(wanted))
	for i, w := range wanted {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := w.folded()
		for j, n := range seen {
			if why, score := alikeFolded(f, have[j], w.Birth, n.birth); score >= sure {
				out[i] = append(out[i], similar(n, why, score))
			}
		}
		out[i] = closest(out[i])
	}
	return out, s.store.AppendAudit(ctx, actor.Audit(s.clock(), access.VerbSimilar, ""))
}

// closest are the first few, each case once.
func closest(all []Similar) []Similar {
	slices.SortStableFunc(all, func(a, b Similar) int { return cmp.Or(b.score-a.score, cmp.Compare(b.Number, a.Number)) })
	var out []Similar
	for _, x := range all {
		if len(out) < shownOfMany && !slices.ContainsFunc(out, func(y Similar) bool { return x.CaseID == y.CaseID }) {
			out = append(out, x)
		}
	}
	return out
}
