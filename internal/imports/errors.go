package imports

import (
	"context"
	"strconv"

	"kasane/internal/access"
	"kasane/internal/tables"
)

// Errors (エラー一覧) is the list of what has to be mended in a file, as a table to be taken along.
func (s *Service) Errors(ctx context.Context, actor access.Actor, f File, how How) ([]byte, error) {
	l, err := s.look(ctx, actor, f, how, s.clock())
	if err != nil {
		return nil, err
	}
	g := tables.Grid{Name: "エラー一覧", Columns: []tables.Column{{Title: "行"}, {Title: "列"}, {Title: "見出し"}, {Title: "項目"}, {Title: "値"}, {Title: "種類"}, {Title: "直し方"}}}
	for _, r := range l.rows {
		if r.done {
			continue
		}
		for _, p := range r.problems {
			kind := map[bool]string{true: "注意", false: "エラー"}[p.Note]
			g.Rows = append(g.Rows, []string{strconv.Itoa(p.Row), p.Letter, p.Title, p.Field, p.Value, kind, p.Message})
		}
	}
	e := actor.Audit(s.clock(), access.VerbImportLook, "")
	e.Hash = f.hash()
	if err := s.store.AppendAudit(ctx, e); err != nil {
		return nil, err
	}
	return tables.CSV(tables.Book{Title: "取込のエラー一覧", About: []string{f.Name}, List: g})
}
