package identity

import (
	"bytes"
	"image/png"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// code is what an authenticator app shows.
func code(t *testing.T, e Enrolment, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(strings.ReplaceAll(e.Secret, " ", ""), at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// withApp gives the clerk an authenticator app.
func withApp(t *testing.T, h *house) (Enrolment, []string) {
	t.Helper()
	token, _ := h.enter(t, "clerk", goodPassword)
	e, err := h.BeginTOTP(ctx, token, here)
	if err != nil {
		t.Fatal(err)
	}
	done, err := h.ConfirmTOTP(ctx, token, code(t, e, h.time()), "", here)
	if err != nil || len(done.Codes) != recoveryCodes || done.Token != "" {
		t.Fatal(done, err)
	}
	return e, done.Codes
}

func TestSignInWithAnApp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	e, _ := withApp(t, h)
	if _, err := png.Decode(bytes.NewReader(e.QR)); err != nil || !strings.HasPrefix(e.URL, "otpauth://totp/") {
		t.Error(e.URL, err)
	}
	for _, f := range h.m.factors {
		if f.Kind == FactorTOTP && !bytes.HasPrefix(f.Sealed, []byte(SecretPlace(f.Tenant, f.ID))) {
			t.Error("the secret is not sealed to its place")
		}
	}
	h.pass(time.Minute)
	token, a, err := h.SignIn(ctx, h.muni.ID, "clerk", goodPassword, here)
	if err != nil || a.UserID != "" {
		t.Fatal("the password alone acts:", a, err)
	}
	_, err = h.Identify(ctx, token, here)
	wantStage(t, "a request between the steps", err, StageFactor)
	_, err = h.BeginTOTP(ctx, token, here)
	wantStage(t, "another app registered between the steps", err, StageFactor)
	_, err = h.Unlock(ctx, token, goodPassword, here)
	wantStage(t, "unlock between the steps", err, StageFactor)
	st, err := h.Stand(ctx, token, here)
	if err != nil || st.Stage != StageFactor || len(st.Factors) != 2 {
		t.Errorf("%+v %v", st, err)
	}
	_, _, err = h.SecondStep(ctx, token, "000000", here)
	wantKind(t, "wrong code", err, fault.Invalid)
	c := code(t, e, h.time())
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, c[:3]) + " " + c[3:]
	full, a, err := h.SecondStep(ctx, token, wide, here)
	if err != nil || a.UserID != h.clerk.ID || full == token {
		t.Fatal(a, err)
	}
	if _, err := h.Identify(ctx, full, here); err != nil {
		t.Error(err)
	}
	_, err = h.Stand(ctx, token, here)
	wantKind(t, "the token of the first step", err, fault.Unauthorized)

	again, _ := h.enter(t, "clerk", goodPassword)
	_, _, err = h.SecondStep(ctx, again, c, here)
	wantKind(t, "the same code a second time", err, fault.Invalid)
	_, _, err = h.SecondStep(ctx, again, code(t, e, h.time().Add(-2*time.Minute)), here)
	wantKind(t, "an old code", err, fault.Invalid)
	h.pass(time.Minute)
	if _, _, err = h.SecondStep(ctx, again, code(t, e, h.time().Add(-25*time.Second)), here); err != nil {
		t.Error("a clock half a minute behind:", err)
	}
	late, _ := h.enter(t, "clerk", goodPassword)
	h.pass(stageTime)
	_, _, err = h.SecondStep(ctx, late, code(t, e, h.time()), here)
	wantKind(t, "ten minutes between the steps", err, fault.Unauthorized)
}

func TestGuessingTheSecondStep(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	e, _ := withApp(t, h)
	h.pass(time.Minute)
	for range accountFailures {
		token, _ := h.enter(t, "clerk", goodPassword) // a new first step does not reset the count
		_, _, err := h.SecondStep(ctx, token, "000000", here)
		wantKind(t, "guess", err, fault.Invalid)
	}
	token, _ := h.enter(t, "clerk", goodPassword)
	_, _, err := h.SecondStep(ctx, token, code(t, e, h.time()), here)
	wantKind(t, "the right code after five wrong ones", err, fault.RateLimited)
}

func TestCodesOnPaper(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, codes := withApp(t, h)
	use := func(c string) error {
		token, _ := h.enter(t, "clerk", goodPassword)
		_, _, err := h.SecondStep(ctx, token, c, here)
		return err
	}
	if err := use(strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "used twice", use(codes[3]), fault.Invalid)
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	tokens := make([]string, 4)
	for i := range tokens {
		tokens[i], _ = h.enter(t, "clerk", goodPassword)
	}
	for _, token := range tokens {
		wg.Go(func() {
			if _, _, err := h.SecondStep(ctx, token, codes[0], here); err == nil {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("one code opened %d sessions", won)
	}
	h.pass(attemptWindow * 2)
	token, _ := h.enter(t, "clerk", goodPassword)
	_, a, err := h.SecondStep(ctx, token, codes[1], here)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.NewRecovery(ctx, a, "wrong")
	wantKind(t, "new codes without the password", err, fault.Invalid)
	fresh, err := h.NewRecovery(ctx, a, goodPassword)
	if err != nil || len(fresh) != recoveryCodes {
		t.Fatal(fresh, err)
	}
	wantKind(t, "the old sheet", use(codes[2]), fault.Invalid)
	if err := use(fresh[0]); err != nil {
		t.Error(err)
	}
}

func TestRoleThatMustHaveAFactor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	admin := h.signIn(t, "admin", goodPassword)
	r := DefaultRules(false)
	r.FactorRoles = []access.Role{access.RoleSecretariat}
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	token, a := h.enter(t, "clerk", goodPassword)
	if a.UserID != "" {
		t.Fatal("acts without the factor that is asked for")
	}
	_, err := h.Identify(ctx, token, here)
	wantStage(t, "a request", err, StageEnrol)
	e, err := h.BeginTOTP(ctx, token, here)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.ConfirmTOTP(ctx, token, "000000", "", here)
	wantKind(t, "wrong code", err, fault.Invalid)
	done, err := h.ConfirmTOTP(ctx, token, code(t, e, h.time()), "携帯電話", here)
	if err != nil || done.Actor.UserID != h.clerk.ID || len(done.Codes) != recoveryCodes {
		t.Fatal(done, err)
	}
	mine, err := h.OwnFactors(ctx, done.Actor)
	if err != nil || len(mine) != 2 || mine[0].Name != "携帯電話" || mine[1].Left != recoveryCodes {
		t.Fatalf("%+v %v", mine, err)
	}
	wantKind(t, "the last one goes while it is asked for", h.RemoveFactor(ctx, done.Actor, mine[0].ID, goodPassword), fault.Conflict)
	r.FactorRoles = nil
	if err := h.SaveRules(ctx, admin, r); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "without the password", h.RemoveFactor(ctx, done.Actor, mine[0].ID, "x"), fault.Invalid)
	wantKind(t, "another's", h.RemoveFactor(ctx, admin, mine[0].ID, goodPassword), fault.NotFound)
	if err := h.RemoveFactor(ctx, done.Actor, mine[0].ID, goodPassword); err != nil {
		t.Fatal(err)
	}
	if mine, err = h.OwnFactors(ctx, done.Actor); err != nil || len(mine) != 0 {
		t.Error("the sheet of paper stays without an app:", mine, err)
	}
	if _, a := h.enter(t, "clerk", goodPassword); a.UserID == "" {
		t.Error("a second step is asked that cannot be done")
	}
}

func TestFactorsAreReset(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	withApp(t, h)
	admin := h.signIn(t, "admin", goodPassword)
	wantKind(t, "one's own", h.ResetFactors(ctx, admin, admin.UserID), fault.Conflict)
	if err := h.ResetFactors(ctx, admin, h.clerk.ID); err != nil {
		t.Fatal(err)
	}
	if _, a := h.enter(t, "clerk", goodPassword); a.UserID != h.clerk.ID {
		t.Error(a)
	}
}
