package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/text"
)

// Searches look into a folded copy of what people are found by (text.Fold). The stored names themselves are never folded. The copy is an
// accelerator: a match is looked at again in Go (contains), and may be rebuilt at any time.

// contains is the exact test at the end of every search.
func contains(s, folded string) bool { return strings.Contains(text.Fold(s), folded) }

// substring is the condition that a folded column holds a folded needle.
func (d *dialect) substring(p *params, column, folded string) string {
	return d.position + `(` + column + `, ` + p.add(folded) + `) > 0`
}

// pairs are the pairs of letters in a folded text, and its last letter alone: whatever letter is looked for begins one of them.
func pairs(folded string) map[string]bool {
	out := map[string]bool{}
	before := ""
	for _, r := range folded {
		if before != "" {
			out[before+string(r)] = true
		}
		before = string(r)
	}
	if before != "" {
		out[before] = true
	}
	return out
}

// foldsOf are the search copies of a household.
func foldsOf(persons []cases.Person) (out []string) {
	for _, p := range persons {
		out = append(out, text.Fold(searchText(p)))
	}
	return out
}

// pairNames brings the pairs of a household up to its names: what none of them has any more goes.
func pairNames(ctx context.Context, t *tx, tenant, caseID string, before, after []string) error {
	want := map[string]bool{}
	for _, s := range after {
		maps.Copy(want, pairs(s))
	}
	for _, s := range before {
		for pair := range pairs(s) {
			if want[pair] {
				continue
			}
			if _, err := t.exec(ctx, `DELETE FROM name_pair WHERE tenant = $1 AND pair = $2 AND case_id = $3`, tenant, pair, caseID); err != nil {
				return err
			}
		}
	}
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(want)), 50) {
		p := params{v: []any{tenant, caseID}}
		rows := make([]string, 0, len(chunk))
		for _, pair := range chunk {
			rows = append(rows, `($1, `+p.add(pair)+`, $2)`)
		}
		if _, err := t.exec(ctx, `INSERT INTO name_pair (tenant, pair, case_id) VALUES `+strings.Join(rows, ", ")+` ON CONFLICT DO NOTHING`, p.v...); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `INSERT INTO name_paired (tenant, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, tenant, caseID)
	return err
}

// pairOld writes the pairs of households that were recorded before there were any, or came out of a backup.
func (s *Store) pairOld(ctx context.Context) error {
	for {
		n := 0
		err := s.write(ctx, func(t *tx) error {
			var list [][2]string
			if err := t.query(ctx, func(scan func(...any) error) error {
				var x [2]string
				err := scan(&x[0], &x[1])
				list = append(list, x)
				return err
			}, `SELECT c.tenant, c.id FROM case_file c WHERE NOT EXISTS (SELECT 1 FROM name_paired d WHERE d.tenant = c.tenant AND d.case_id = c.id) ORDER BY c.tenant, c.id LIMIT 500`); err != nil {
				return err
			}
			for _, x := range list {
				persons, err := personsOf(ctx, t, x[0], x[1])
				if err != nil {
					return err
				}
				if err := pairNames(ctx, t, x[0], x[1], nil, foldsOf(persons)); err != nil {
					return err
				}
			}
			n = len(list)
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// last is behind every text that begins alike.
const last = "\U0010FFFF"

// caseWords is the condition that the case c is found by a folded text: its number, and for who holds the cases the names of its household.
func (s *Store) caseWords(p *params, sc access.Scope, folded string) string {
	number := strings.Trim(folded, "k-0123456789") == ""
	if !number && !sc.All {
		return nothing
	}
	tenant := p.add(sc.Tenant)
	var ways []string
	switch first, whole := numberBegin(folded); {
	case whole:
		ways = append(ways, `SELECT n.id FROM case_file n WHERE n.tenant = `+tenant+` AND n.number >= `+p.add(first)+` AND n.number <= `+p.add(first+last))
	case number:
		ways = append(ways, `SELECT n.id FROM case_file n WHERE n.tenant = `+tenant+` AND `+s.d.substring(p, "lower(n.number)", folded))
	}
	if sc.All {
		ways = append(ways, s.nameCases(p, tenant, folded))
	}
	return `c.id IN (` + strings.Join(ways, ` UNION `) + `)`
}

// numberBegin turns a text that can only stand at the beginning of a number (2026-07, k2026-0) into that beginning.
func numberBegin(folded string) (string, bool) {
	year, count, ok := strings.Cut(strings.TrimPrefix(folded, "k"), "-")
	if !ok || len(year) != 4 || strings.Trim(year+count, "0123456789") != "" {
		return "", false
	}
	return "K" + year + "-" + count, true
}

// nameCases gives the cases in whose household somebody is found by a folded text. The pairs say which may be; the text itself decides.
func (s *Store) nameCases(p *params, tenant, folded string) string {
	letters := []rune(folded)
	var in []string
	if len(letters) == 1 {
		in = append(in, `SELECT np.case_id FROM name_pair np WHERE np.tenant = `+tenant+` AND np.pair >= `+p.add(folded)+` AND np.pair <= `+p.add(folded+last))
	}
	for i := 1; i < len(letters) && len(in) < 6; i++ {
		in = append(in, `SELECT np.case_id FROM name_pair np WHERE np.tenant = `+tenant+` AND np.pair = `+p.add(string(letters[i-1:i+1])))
	}
	return `SELECT sp.case_id FROM person sp WHERE sp.tenant = ` + tenant + ` AND sp.case_id IN (` + strings.Join(in, ` INTERSECT `) + `) AND ` + s.d.substring(p, "sp.fold", folded)
}
