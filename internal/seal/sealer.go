package seal

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kasane/internal/pdf/sign"
)

// State (署名の状態) is what was done with a record when it was sealed. It is part of the record.
type State string

// The states.
const (
	Before    State = ""          // sealed before there were signatures
	None      State = "none"      // 認証局がない
	Expired   State = "expired"   // the signing certificate has run out
	Failed    State = "failed"    // the signing failed
	Signed    State = "signed"    // no time-stamp authority is configured
	Stamped   State = "stamped"   // signed, with a time stamp
	Unstamped State = "unstamped" // signed; the time-stamp authority gave none
)

// Label is the state in Japanese.
func (s State) Label() string {
	switch s {
	case Before:
		return "署名なし"
	case None:
		return "署名なし（認証局が未設定）"
	case Expired:
		return "署名なし（署名用証明書の期限切れ）"
	case Failed:
		return "署名なし（署名に失敗）"
	case Signed:
		return "電子署名あり"
	case Stamped:
		return "電子署名・時刻認証あり"
	case Unstamped:
		return "電子署名あり（時刻認証は受けられず）"
	}
	return string(s)
}

// HasSignature and HasStamp tell what the file of a record in this state holds.
func (s State) HasSignature() bool { return s == Signed || s == Stamped || s == Unstamped }

// HasStamp tells whether the file of a record in this state holds a time stamp.
func (s State) HasStamp() bool { return s == Stamped }

// Known tells whether it is a state.
func (s State) Known() bool { return s == Before || s.Label() != string(s) }

// Sealer signs what is sealed. It reads its folder each time: an authority that was made or renewed counts from the next record on, on every node that
// sees the folder.
type Sealer struct {
	dir string
	tsa *TSA // nil: no time stamps
	now func() time.Time
	log *slog.Logger
}

// NewSealer makes one on the folder of an authority, which need not be there yet.
func NewSealer(dir string, tsa *TSA, now func() time.Time, log *slog.Logger) *Sealer {
	return &Sealer{dir: dir, tsa: tsa, now: now, log: log}
}

// Sealed is a file as it is kept.
type Sealed struct {
	PDF   []byte
	State State
}

// Seal has a paper printed and signs it. print gets the line the paper says about its signature; it is called again when that line turned out wrong, so that
// no record says what is not so. Only errors of print are errors. A nil Sealer signs nothing and has nothing said.
func (s *Sealer) Seal(ctx context.Context, print func(note string) ([]byte, error)) (Sealed, error) {
	if s == nil {
		pdf, err := print("")
		return Sealed{PDF: pdf, State: Before}, err
	}
	a, id, state := s.identity()
	if state != Signed {
		return s.bare(print, state)
	}
	if s.tsa != nil {
		pdf, err := print(note(Stamped, id))
		if err != nil {
			return Sealed{}, err
		}
		if pdf, err = sign.Put(pdf, id, words(a), s.now(), func(value []byte) ([]byte, error) { return s.tsa.stamp(ctx, value) }); err == nil {
			return Sealed{PDF: pdf, State: Stamped}, nil
		}
		s.log.WarnContext(ctx, "a record is sealed without a time stamp", "authority", s.tsa.Address(), "err", err)
		state = Unstamped
	}
	pdf, err := print(note(state, id))
	if err != nil {
		return Sealed{}, err
	}
	if pdf, err = sign.Put(pdf, id, words(a), s.now(), nil); err != nil {
		s.log.ErrorContext(ctx, "a record is sealed without a signature", "err", err)
		return s.bare(print, Failed)
	}
	return Sealed{PDF: pdf, State: state}, nil
}

func (s *Sealer) bare(print func(string) ([]byte, error), state State) (Sealed, error) {
	pdf, err := print(note(state, sign.Identity{}))
	return Sealed{PDF: pdf, State: state}, err
}

// identity is who signs now, or the reason why nobody does.
func (s *Sealer) identity() (a *Authority, id sign.Identity, state State) {
	a, err := Open(s.dir)
	if errors.Is(err, ErrNone) {
		return nil, id, None
	}
	if err == nil {
		id, err = a.identity("seal", "")
	}
	if err != nil {
		s.log.Error("the signing key cannot be read", "err", err)
		return nil, id, Failed
	}
	if now := s.now(); now.After(id.Chain[0].NotAfter) || now.Before(id.Chain[0].NotBefore) {
		return nil, id, Expired
	}
	return a, id, Signed
}

func words(a *Authority) sign.Words {
	return sign.Words{Name: a.Name(), Reason: "確定した記録の封印", Label: "電子署名（" + a.Name() + "）"}
}

// note is what a record says about its own signature.
func note(state State, id sign.Identity) string {
	switch state {
	case None:
		return "電子署名：なし（この記録を確定したとき、認証局が設定されていませんでした）"
	case Expired:
		return "電子署名：なし（この記録を確定したとき、署名用証明書が有効期間の外でした）"
	case Failed:
		return "電子署名：なし（この記録を確定したとき、署名できませんでした）"
	}
	by := "電子署名：あり（" + id.Chain[0].Subject.CommonName + "、証明書のSHA-256 " + Print(id.Chain[0])[:16] + "…）"
	switch state {
	case Stamped:
		return by + "\n時刻認証：あり（RFC 3161）"
	case Unstamped:
		return by + "\n時刻認証：なし（時刻認証局の応答が得られませんでした）"
	}
	return by + "\n時刻認証：なし（時刻認証局は設定されていません）"
}
