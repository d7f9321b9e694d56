package live

import (
	"context"
	"strings"
)

// Former are the texts and words that stood in a document once and do not any more, as its log tells: of a text that was typed and taken back letter by letter
// what it read at its fullest. Whoever calls has asked the gate.
func (s *Service) Former(ctx context.Context, tenant, docID string) ([]string, error) {
	m, err := s.store.DocMeta(ctx, tenant, docID)
	if err != nil {
		return nil, err
	}
	p, done, err := s.past(ctx, m)
	if err != nil {
		return nil, err
	}
	defer done()
	was, grew := map[string]string{}, map[string]bool{}
	var out []string
	err = p.to(int64(len(p.rows)), func(_ int, keys []string) {
		for _, k := range keys {
			now := p.d.String(k)
			if name, text := strings.CutPrefix(k, textPrefix); text {
				now = p.d.Text(name)
			}
			before := was[k]
			if before == now {
				continue
			}
			if _, gone, _ := difference(before, now); gone != "" && grew[k] {
				out = append(out, before)
			}
			was[k], grew[k] = now, !strings.HasPrefix(before, now)
		}
	})
	return out, err
}
