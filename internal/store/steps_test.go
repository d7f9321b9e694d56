package store_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestStepsOnlyAdd: while two nodes are upgraded one after the other, the older one works on with the newer schema. So a step adds tables, indexes and columns
// that older statements need not name, and takes nothing away but indexes.
func TestStepsOnlyAdd(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) < 38 {
		t.Fatal(files, err)
	}
	comment := regexp.MustCompile(`--[^\n]*`)
	allowed := regexp.MustCompile(`(?s)^(CREATE (UNIQUE )?(TABLE|INDEX) |DROP INDEX |UPDATE |INSERT INTO |ALTER TABLE \w+ ADD COLUMN \w+ \{(TEXT|INT|BLOB)\}( NOT NULL DEFAULT .+)?$)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range strings.Split(comment.ReplaceAllString(string(text), ""), ";") {
			if statement = strings.TrimSpace(statement); statement != "" && !allowed.MatchString(statement) {
				t.Errorf("%s: a node of the version before cannot live with: %s", file, statement)
			}
		}
	}
	// An insert that names no columns would break with the first column added.
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?i)INSERT INTO \w+ VALUES`)
	for _, file := range sources {
		if text, err := os.ReadFile(file); err != nil || bare.Match(text) && !strings.HasSuffix(file, "_test.go") {
			t.Errorf("%s: an INSERT without its columns: %v", file, err)
		}
	}
}
