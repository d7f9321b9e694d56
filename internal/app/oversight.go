package app

import (
	"context"
	"time"

	"kasane/internal/audit"
	"kasane/internal/config"
	"kasane/internal/files"
	"kasane/internal/jptime"
	"kasane/internal/live"
	"kasane/internal/oversight"
	"kasane/internal/sheets"
)

// openWords finds the key that marks words of searches. It is drawn from the key of the audit log, which stays when the keys of the files change: a search of years ago
// is found again.
func openWords(cfg config.Config) (*audit.Words, error) {
	seed, err := auditSeed(cfg, files.LoadKeyFile)
	if err != nil {
		return nil, err
	}
	return audit.NewWords(files.Draw(seed, "search words 1")), nil
}

// fieldsOf names the fields of a document that were filled in at some moment of a span, by the sheets of its last day.
func fieldsOf(docs *live.Service, books sheets.Books) oversight.Fields {
	return func(ctx context.Context, tenant string, d oversight.Doc, from, to time.Time) ([]string, error) {
		set := books.Of(tenant).At(to.In(jptime.JST).Format(time.DateOnly))
		return docs.FilledBetween(ctx, tenant, d.ID, from, to, func(kind, id string) string {
			f, _ := set.Field(id)
			return f.Label
		})
	}
}
