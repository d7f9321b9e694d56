package archive

import (
	"fmt"
	"io"

	"kasane/internal/seal"
)

// Signatures (電子署名の件数) is how many records of a verification are signed.
type Signatures struct {
	Signed   int  `json:"signed"`   // with a right signature
	Stamped  int  `json:"stamped"`  // of these with a time stamp
	Unsigned int  `json:"unsigned"` // sealed without one, and saying so
	Known    bool `json:"known"`    // the roots were there: whose the signatures are was looked at
	// StampsKnown says that the roots of the time-stamp authority were there.
	StampsKnown bool `json:"stampsKnown"`
}

// signature holds the signature of a record's file against what the record says of it.
func (p *Report) signature(part func(r Record, format string, args ...any), r Record, c seal.Checked) {
	switch {
	case !r.Signature.Known():
		part(r, "電子署名の状態が読めません。")
	case c.Signed && c.Problem != "":
		part(r, "%s", c.Problem)
	case c.Signed != r.Signature.HasSignature():
		part(r, "電子署名の有無が、確定時の記録（%s）と異なります。", r.Signature.Label())
	case c.Stamped != r.Signature.HasStamp():
		part(r, "時刻認証の有無が、確定時の記録（%s）と異なります。", r.Signature.Label())
	case !c.Signed:
		p.Signatures.Unsigned++
	default:
		p.Signatures.Signed++
		if c.Stamped {
			p.Signatures.Stamped++
		}
	}
}

// believed is what a count starts with: whose roots are there.
func believed(t seal.Trust) Signatures {
	return Signatures{Known: len(t.Roots) > 0, StampsKnown: len(t.TSARoots) > 0}
}

// print writes the counts in Japanese.
func (s Signatures) print(w io.Writer) error {
	if s.Signed+s.Unsigned == 0 {
		return nil
	}
	line := fmt.Sprintf("  電子署名のある文書 %d件（うち時刻認証 %d件）", s.Signed, s.Stamped)
	if s.Unsigned > 0 {
		line += fmt.Sprintf("、署名なしで確定した文書 %d件", s.Unsigned)
	}
	if line += "。"; s.Signed > 0 && !s.Known {
		line += "ルート証明書がないため、署名者は確かめていません。"
	}
	if s.Stamped > 0 && !s.StampsKnown {
		line += "時刻認証局のルート証明書がないため、時刻認証をした者は確かめていません。"
	}
	_, err := fmt.Fprintln(w, line)
	return err
}
