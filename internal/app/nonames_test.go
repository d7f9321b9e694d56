package app

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kasane/internal/access"
	"kasane/internal/archive"
	"kasane/internal/demo"
	"kasane/internal/papers"
	"kasane/internal/pdf"
	"kasane/internal/store"
)

// No name of a person of the demo municipality stands in any field of the audit log: it holds identifiers, codes and hashes.
func TestNoNameInTheAuditLog(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), t.TempDir()
	st, err := store.Open(ctx, store.Options{DataDir: dir, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := demo.Seed(ctx, st, papers.New(pdf.New(pdf.Options{})), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := st.SequenceWaiting(ctx); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	entries := 0
	err = st.AtOneMoment(ctx, func(src archive.Source) error {
		list, err := src.ListMunicipalities(ctx)
		if err != nil {
			return err
		}
		for _, m := range list {
			err := src.EachAuditEntry(ctx, m.ID, func(_ int64, e access.Entry, _ []byte) error {
				entries++
				fmt.Fprintln(&log, e)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || entries < 100 {
		t.Fatal(entries, err)
	}
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "kasane.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	rows, err := raw.Query(`SELECT name FROM person UNION SELECT kana FROM person UNION SELECT alias FROM person UNION SELECT birth FROM person
		UNION SELECT name FROM app_user UNION SELECT kana FROM app_user UNION SELECT title FROM meeting UNION SELECT name FROM file_blob`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	values := 0
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		if len([]rune(v)) < 2 {
			continue
		}
		if values++; strings.Contains(log.String(), v) {
			t.Errorf("%q stands in the audit log", v)
		}
	}
	if err := rows.Err(); err != nil || values < 20 {
		t.Errorf("%d values, %v", values, err)
	}
}
