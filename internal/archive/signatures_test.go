package archive

import (
	"bytes"
	"strings"
	"testing"

	"kasane/internal/seal"
)

// What a record says of its signature is held against its file.
func TestSignatureAsRecorded(t *testing.T) {
	t.Parallel()
	none, plain, stamped := seal.Checked{}, seal.Checked{Signed: true, Known: true}, seal.Checked{Signed: true, Stamped: true, Known: true}
	broken := seal.Checked{Signed: true, Problem: "電子署名が壊れています。"}
	for _, x := range []struct {
		state seal.State
		file  seal.Checked
		says  string // "" = nothing is wrong
	}{
		{seal.Before, none, ""}, {seal.None, none, ""}, {seal.Expired, none, ""}, {seal.Failed, none, ""},
		{seal.Signed, plain, ""}, {seal.Unstamped, plain, ""}, {seal.Stamped, stamped, ""},
		{seal.Signed, none, "電子署名の有無"}, {seal.Stamped, none, "電子署名の有無"}, {seal.None, plain, "電子署名の有無"}, {seal.Before, stamped, "電子署名の有無"},
		{seal.Stamped, plain, "時刻認証の有無"}, {seal.Unstamped, stamped, "時刻認証の有無"},
		{seal.Signed, broken, "壊れています"}, {seal.None, broken, "壊れています"}, {"x", none, "読めません"},
	} {
		var rep Report
		rep.signature(func(r Record, format string, args ...any) { rep.add(PartRecord, r, 1, format, args...) }, Record{Signature: x.state}, x.file)
		s := rep.Signatures
		switch {
		case x.says == "" && (len(rep.Problems) > 0 || s.Signed+s.Unsigned != 1 || (s.Signed == 1) != x.file.Signed || (s.Stamped == 1) != x.file.Stamped):
			t.Errorf("%q with %+v: %+v", x.state, x.file, rep)
		case x.says != "" && (len(rep.Problems) != 1 || !strings.Contains(rep.Problems[0].Message, x.says) || s.Signed+s.Unsigned != 0):
			t.Errorf("%q with %+v: %+v", x.state, x.file, rep)
		}
	}
}

// The state is part of the chain; a record from before there were signatures keeps the hash it has.
func TestChainHoldsTheSignature(t *testing.T) {
	t.Parallel()
	seen := map[string]seal.State{}
	for _, s := range []seal.State{seal.Before, seal.None, seal.Expired, seal.Failed, seal.Signed, seal.Stamped, seal.Unstamped} {
		h := Chain(Record{Number: "KS2026-0001", Signature: s})
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q have the same hash", s, other)
		}
		seen[h] = s
	}
	const before = "d2e888207e5616975b5ff46c5192248cf1fb77b05900b79b8b0816b5c113dedb" // by schema 28
	if got := Chain(Record{Number: "KS2026-0001"}); got != before {
		t.Errorf("a record from before: %s", got)
	}
}

func TestCountsOfSignatures(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Signatures{
		"": {},
		"2件（うち時刻認証 1件）、署名なしで確定した文書 3件。\n":                      {Signed: 2, Stamped: 1, Unsigned: 3, Known: true, StampsKnown: true},
		"1件（うち時刻認証 1件）。時刻認証局のルート証明書がないため、時刻認証をした者は確かめていません。\n": {Signed: 1, Stamped: 1, Known: true},
		"1件（うち時刻認証 0件）。ルート証明書がないため、署名者は確かめていません。\n":            {Signed: 1},
	} {
		var b bytes.Buffer
		if err := s.print(&b); err != nil || !strings.HasSuffix(b.String(), want) || (want == "") != (b.Len() == 0) {
			t.Errorf("%+v: %q", s, b.String())
		}
	}
}
