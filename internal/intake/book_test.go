package intake

import (
	"testing"

	"kasane/internal/sheets"
)

func testBook(t *testing.T) sheets.Set {
	t.Helper()
	book, err := sheets.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return book.At("2026-06-01")
}
