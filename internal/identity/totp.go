package identity

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// totpPeriod is how long a one-time password is shown (RFC 6238).
const totpPeriod = 30 * time.Second

// Enrolment (認証アプリの登録) is shown once, to be read by an authenticator app. Secrets: never logged.
type Enrolment struct {
	Secret string `json:"secret"` // base32 in groups of four, to be typed where there is no camera
	URL    string `json:"url"`    // otpauth://
	QR     []byte `json:"qr"`     // PNG of the URL
}

// BeginTOTP makes a secret and keeps it, sealed, with the session until it is confirmed. Open to a session that acts and to one that owes a factor.
func (s *Service) BeginTOTP(ctx context.Context, token string, c Client) (Enrolment, error) {
	p, err := s.enroller(ctx, token, c)
	if err != nil {
		return Enrolment{}, err
	}
	acc, err := s.store.GetUser(ctx, p.Session.Tenant, p.Session.UserID)
	if err != nil {
		return Enrolment{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "かさね " + p.Municipality.Name, AccountName: acc.Login, SecretSize: 20})
	if err != nil {
		return Enrolment{}, fmt.Errorf("identity: totp: %w", err)
	}
	img, err := key.Image(264, 264)
	if err != nil {
		return Enrolment{}, fmt.Errorf("identity: totp: %w", err)
	}
	var qr bytes.Buffer
	if err := png.Encode(&qr, img); err != nil {
		return Enrolment{}, err
	}
	sealed := s.opt.Seal.SealSecret(challengePlace(p), []byte(key.Secret()))
	if err := s.store.SetChallenge(ctx, p.Session.Hash, "totp:"+base64.RawStdEncoding.EncodeToString(sealed)); err != nil {
		return Enrolment{}, err
	}
	return Enrolment{Secret: grouped(key.Secret()), URL: key.URL(), QR: qr.Bytes()}, nil
}

// challengePlace is where a secret waits for its confirmation.
func challengePlace(p Principal) string { return "challenge\x00" + p.Session.Hash }

func grouped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Enrolled is what follows the registration of a factor: codes to be written down with the first one, and a new token where the sign-in went on.
type Enrolled struct {
	Codes []string
	Token string
	Actor access.Actor
}

// ConfirmTOTP registers the app when it shows the right code. Invalid on code otherwise.
func (s *Service) ConfirmTOTP(ctx context.Context, token, code, name string, c Client) (Enrolled, error) {
	p, err := s.enroller(ctx, token, c)
	if err != nil {
		return Enrolled{}, err
	}
	if name == "" {
		name = "認証アプリ"
	}
	if err := checkLine(name, "name", "名前", 1, 40); err != nil {
		return Enrolled{}, err
	}
	raw, ok := strings.CutPrefix(p.Session.Challenge, "totp:")
	sealed, err := base64.RawStdEncoding.DecodeString(raw)
	if !ok || err != nil {
		return Enrolled{}, fault.New(fault.Conflict, "登録を最初からやり直してください。")
	}
	secret, err := s.opt.Seal.OpenSecret(challengePlace(p), sealed)
	if err != nil {
		return Enrolled{}, fault.New(fault.Conflict, "登録を最初からやり直してください。")
	}
	now := s.now()
	step, ok := totpStep(string(secret), code, now, 0)
	if !ok {
		return Enrolled{}, fault.New(fault.Invalid, "コードが違います。認証アプリに今表示されている6桁を入力してください(端末の時刻も確かめてください)。").On("code")
	}
	f := Factor{ID: access.NewID(now), Tenant: p.Session.Tenant, UserID: p.Session.UserID, Kind: FactorTOTP, Name: name, Step: step, CreatedAt: now}
	seal, err := s.sealOf(ctx, f.Tenant)
	if err != nil {
		return Enrolled{}, err
	}
	f.Sealed = seal.SealSecret(SecretPlace(f.Tenant, f.ID), secret)
	return s.enrol(ctx, p, f, c, now)
}

// enrol stores a factor, with codes on paper when it is the first, and lets a sign-in that waited for it go on.
func (s *Service) enrol(ctx context.Context, p Principal, f Factor, c Client, now time.Time) (Enrolled, error) {
	have, err := s.store.Factors(ctx, f.Tenant, f.UserID)
	if err != nil {
		return Enrolled{}, err
	}
	if len(have) >= factorsMost {
		return Enrolled{}, fault.Newf(fault.Conflict, "登録できる手段は%d件までです。使わないものを外してください。", factorsMost)
	}
	out, add, old := Enrolled{}, []Factor{f}, []string(nil)
	if len(kinds(have)) == 0 {
		paper, codes := s.newRecovery(f.Tenant, f.UserID, now)
		out.Codes, add = codes, append(add, paper)
		for _, x := range have {
			old = append(old, x.ID)
		}
	}
	a := actorOf(p)
	a.IP = c.IP
	if err := s.store.AddFactors(ctx, add, old, a.Audit(now, access.VerbFactorAdd, f.ID)); err != nil {
		return Enrolled{}, err
	}
	if err := s.store.SetChallenge(ctx, p.Session.Hash, ""); err != nil {
		return Enrolled{}, err
	}
	if p.stage() == StageEnrol {
		out.Token, out.Actor, err = s.goOn(ctx, p, f.Kind, c, now)
	}
	return out, err
}

// enroller is whoever may register a factor: signed in, or owing one by the rules.
func (s *Service) enroller(ctx context.Context, token string, c Client) (Principal, error) {
	p, err := s.holder(ctx, token, c, s.now())
	switch {
	case err != nil:
		return p, err
	case p.Guest != nil:
		return p, fault.New(fault.Forbidden, "")
	case p.stage() != StageDone && p.stage() != StageEnrol:
		return p, halted(p.stage())
	}
	return p, nil
}

// totpStep finds the 30 seconds a code belongs to: now, or one step off for clocks that differ, and later than the last one taken.
func totpStep(secret, code string, now time.Time, last int64) (int64, bool) {
	code = strings.ReplaceAll(foldLogin(code), " ", "")
	at, found := now.Unix()/int64(totpPeriod/time.Second), int64(0)
	for _, step := range []int64{at - 1, at, at + 1} {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && step > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found, found != 0
}
