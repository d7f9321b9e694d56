package seal

import (
	"crypto/x509"
	"errors"
	"time"

	"kasane/internal/jptime"
	"kasane/internal/pdf/sign"
)

// Trust are the certificates somebody believes. Without roots the signature is checked, and whose it is stays open.
type Trust struct {
	Roots    []*x509.Certificate // of authorities of Kasane
	TSARoots []*x509.Certificate // of time-stamp authorities
}

// Checked (署名の検証) is what was found of a file.
type Checked struct {
	Signed  bool       `json:"signed"`
	Signer  string     `json:"signer"`  // name in the certificate
	At      *time.Time `json:"at"`      // of the signature: proven when StampKnown, else claimed
	Stamped bool       `json:"stamped"` // 時刻認証
	TSA     string     `json:"tsa"`     // name of the time-stamp authority
	Known   bool       `json:"known"`   // the certificate stands below a root that is believed
	// StampKnown says that the time-stamp authority stands below a root that is believed. Without, anybody can have made the stamp, and the time is claimed.
	StampKnown bool   `json:"stampKnown"`
	Problem    string `json:"problem"` // Japanese; "" = nothing is wrong
	Words      string `json:"words"`   // all of it, in one Japanese sentence
}

// Check reads the signature of a file.
func Check(pdf []byte, t Trust) Checked {
	s, err := sign.Read(pdf)
	switch {
	case errors.Is(err, sign.ErrNone):
		return Checked{Words: "電子署名はありません。"}
	case errors.Is(err, sign.ErrChanged):
		return wrong("電子署名のあとにファイルが変えられています。")
	case errors.Is(err, sign.ErrPart):
		return wrong("電子署名がファイルの全体を覆っていません。署名のあとに書き足されています。")
	case err != nil:
		return wrong("電子署名が壊れています。")
	}
	at := s.Time()
	c := Checked{Signed: true, Signer: s.Signer.Subject.CommonName, At: &at, Stamped: s.Stamp != nil}
	c.judge(s, t)
	c.Words = c.sentence()
	return c
}

func wrong(problem string) Checked { return Checked{Signed: true, Problem: problem, Words: problem} }

func (c *Checked) judge(s *sign.Signature, t Trust) {
	if s.StampFail != nil {
		c.Problem = "時刻認証（タイムスタンプ）が、この署名のものではないか、壊れています。"
		return
	}
	if s.Stamp != nil {
		c.TSA = s.Stamp.Authority.Subject.CommonName
		if c.StampKnown = len(t.TSARoots) > 0 && s.Stamp.Trusted(t.TSARoots) == nil; len(t.TSARoots) > 0 && !c.StampKnown {
			c.Problem = "時刻認証が、信頼する時刻認証局のものではありません。"
			return
		}
	}
	if len(t.Roots) == 0 {
		return
	}
	var out x509.CertificateInvalidError
	switch err := s.Trusted(t.Roots); {
	case err == nil:
		c.Known = true
	case errors.As(err, &out) && out.Reason == x509.Expired:
		c.Problem = "署名した日時が、署名用証明書の有効期間の外です。"
	default:
		c.Problem = "署名用証明書が、信頼するルート証明書のもとで発行されたものではありません。"
	}
}

func (c *Checked) sentence() string {
	if c.Problem != "" {
		return c.Problem
	}
	at := jptime.FormatDateTime(*c.At)
	out := "電子署名は正しく、署名のあとに変えられていません（" + c.Signer + "、" + at + "）。"
	switch {
	case c.StampKnown:
		out = "電子署名は正しく、署名のあとに変えられていません（" + c.Signer + "）。時刻認証により、" + at + "に存在したことが示されています（" + c.TSA + "）。"
	case c.Stamped:
		out += "時刻認証（" + c.TSA + "）は、時刻認証局のルート証明書が渡されていないため確かめていません。"
	}
	if !c.Known {
		out += "署名者の証明書は、ルート証明書が渡されていないため確かめていません。"
	}
	return out
}
