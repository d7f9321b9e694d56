package web

import (
	"net/http"
	"slices"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
)

// sessionBody is what the client asks first and after every change of who is there.
type sessionBody struct {
	State        string                 `json:"state"` // setup, signed_out, factor, enrol, locked, signed_in
	Municipality *municipalityBody      `json:"municipality"`
	Others       []municipalityBody     `json:"municipalities,omitempty"` // several share the installation: the sign-in page asks which
	Actor        *actorBody             `json:"actor"`
	DemoAccounts []identity.DemoAccount `json:"demoAccounts,omitempty"`
	Name         string                 `json:"name,omitempty"`    // who the second step, or the lock, waits for
	Guest        bool                   `json:"guest,omitempty"`   // the lock opens with the PIN
	Factors      []identity.FactorKind  `json:"factors,omitempty"` // how the second step can be done
	Lock         *lockBody              `json:"lock,omitempty"`    // 離席ロック, in minutes
	SignInWith   string                 `json:"signInWith,omitempty"`
	DraftKeys    [][]byte               `json:"draftKeys,omitempty"` // the first seals what the browser keeps of the actor's unsent words, all open it
}

type lockBody struct {
	Idle    int `json:"idle"`    // 0 = never
	Meeting int `json:"meeting"` // on the pages of a meeting
}

type municipalityBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Demo bool   `json:"demo"`
	// Signed in: the stamp of its mark, "" = none, and the first 年度 anything can be of.
	Logo  string `json:"logo,omitempty"`
	Since int    `json:"since,omitempty"`
}

type actorBody struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Post         string        `json:"post"`
	AgencyID     string        `json:"agencyId"`
	AgencyName   string        `json:"agencyName"`
	Roles        []access.Role `json:"roles"`
	GuestMeeting string        `json:"guestMeeting"`
	Waiting      bool          `json:"waiting,omitempty"` // in the lobby
	Watermark    bool          `json:"watermark,omitempty"`
	NoCopies     bool          `json:"noCopies,omitempty"` // takes no file home, prints nothing
}

func (s *server) session(w http.ResponseWriter, r *http.Request) error {
	st, err := s.deps.Identity.Stand(r.Context(), SessionToken(r), s.from(r))
	switch {
	case fault.Is(err, fault.Unauthorized):
		return s.replySession(w, r, access.Actor{})
	case err != nil:
		return err
	case st.Stage != identity.StageDone:
		return s.replyStanding(w, r, st)
	}
	return s.replySession(w, r, access.ActorFrom(r.Context()))
}

// replyStanding answers for a session that does not act: who, where, and what is missing.
func (s *server) replyStanding(w http.ResponseWriter, r *http.Request, st identity.Standing) error {
	m := st.Municipality
	return s.reply(w, r, sessionBody{State: string(st.Stage), Name: st.Name, Guest: st.Guest, Factors: st.Factors, Municipality: &municipalityBody{ID: m.ID, Name: m.Name, Demo: m.Demo}})
}

// replyEntered answers a step of the sign-in: with the session, or with the step that is still missing.
func (s *server) replyEntered(w http.ResponseWriter, r *http.Request, token string, a access.Actor) error {
	if _, err := s.endSession(r); err != nil {
		return err
	}
	s.setCookie(w, r, token)
	if a.UserID != "" {
		return s.replySession(w, r, a)
	}
	st, err := s.deps.Identity.Stand(r.Context(), token, s.from(r))
	if err != nil {
		return err
	}
	return s.replyStanding(w, r, st)
}

func (s *server) replySession(w http.ResponseWriter, r *http.Request, a access.Actor) error {
	every, all, err := s.municipalities(r)
	if err != nil {
		return err
	}
	body := sessionBody{State: "signed_out"}
	if a.UserID == "" {
		body.SignInWith = s.deps.Identity.OIDCName()
	}
	switch {
	case a.UserID != "":
		body.State = "signed_in"
		if body.DraftKeys, err = s.deps.Files.DraftKeys(r.Context(), a); err != nil {
			return err
		}
		body.Actor = &actorBody{a.UserID, a.Name, a.Post, a.AgencyID, a.AgencyName, a.Roles, a.GuestMeeting, a.Waiting, a.Outside, a.NoCopies}
		rules, err := s.deps.Identity.Rules(r.Context(), a)
		if err != nil {
			return err
		}
		body.Lock = &lockBody{rules.IdleLockMinutes, rules.MeetingLockMinutes}
		for _, m := range every {
			if m.ID == a.Tenant {
				face, err := s.deps.FirstRun.Face(r.Context(), m.ID)
				if err != nil {
					return err
				}
				body.Municipality = &municipalityBody{m.ID, m.Name, m.Demo, face.Logo, face.Since}
			}
		}
	case len(every) == 0:
		body.State = "setup"
	case len(all) == 0: // a host name whose municipality is not there
	case len(all) == 1:
		body.Municipality = &municipalityBody{ID: all[0].ID, Name: all[0].Name, Demo: all[0].Demo}
		body.DemoAccounts = s.deps.Identity.DemoAccounts(all[0])
	default:
		for _, m := range all {
			body.Others = append(body.Others, municipalityBody{ID: m.ID, Name: m.Name, Demo: m.Demo})
		}
	}
	return s.reply(w, r, body)
}

func (s *server) signIn(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Login        string `json:"login"`
		Password     string `json:"password"`
		Municipality string `json:"municipality"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	tenant, err := s.tenantFor(r, in.Municipality)
	if err != nil {
		return err
	}
	token, a, err := s.deps.Identity.SignIn(r.Context(), tenant, in.Login, in.Password, s.from(r))
	if err != nil {
		return err
	}
	return s.replyEntered(w, r, token, a)
}

// municipalities lists those of the installation, and of them those that sign in under the host name of the request.
func (s *server) municipalities(r *http.Request) (every, here []access.Municipality, err error) {
	every, err = s.deps.Identity.Municipalities(r.Context())
	code, ofOne := s.host(r)
	if !ofOne {
		return every, every, err
	}
	return every, slices.DeleteFunc(slices.Clone(every), func(m access.Municipality) bool { return m.Code != code }), err
}

// tenantFor picks the municipality of a sign-in: the one named, or the only one there is.
func (s *server) tenantFor(r *http.Request, named string) (string, error) {
	_, all, err := s.municipalities(r)
	if err != nil {
		return "", err
	}
	if named == "" && len(all) > 1 {
		return "", fault.New(fault.Invalid, "市町村を選んでください。").On("municipality")
	}
	for _, m := range all {
		if named == "" || m.ID == named {
			return m.ID, nil
		}
	}
	return "", nil // refused like a wrong password
}

func (s *server) signOut(w http.ResponseWriter, r *http.Request) error {
	left, err := s.endSession(r)
	if err != nil {
		return err
	}
	s.dropCookie(w, r)
	return s.replyLeft(w, r, left)
}

// replyLeft: where one signs out of the sign-in service as well, and otherwise nothing. Whoever signs in by it next from this browser shows anew who they are.
func (s *server) replyLeft(w http.ResponseWriter, r *http.Request, left identity.Left) error {
	if left.ByService {
		s.keepAnew(w, r)
	}
	if left.At == "" {
		return s.done(w, r)
	}
	return s.reply(w, r, map[string]string{"signOutAt": left.At})
}

func (s *server) setup(w http.ResponseWriter, r *http.Request) error {
	var in identity.SetupInput
	if err := decode(r, &in); err != nil {
		return err
	}
	m, err := s.deps.Identity.Setup(r.Context(), in, s.clientIP(r))
	if err != nil {
		return err
	}
	token, a, err := s.deps.Identity.SignIn(r.Context(), m.ID, in.Login, in.Password, s.from(r))
	if err != nil {
		return err
	}
	s.setCookie(w, r, token)
	return s.replySession(w, r, a)
}

func (s *server) guestCheck(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Token string `json:"token"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if err := s.deps.Identity.Check(r.Context(), in.Token); err != nil {
		return err
	}
	return s.reply(w, r, map[string]bool{"ok": true})
}

func (s *server) guestEnter(w http.ResponseWriter, r *http.Request) error {
	var in identity.Entry
	if err := decode(r, &in); err != nil {
		return err
	}
	token, a, err := s.deps.Identity.Enter(r.Context(), in, s.from(r))
	if err != nil {
		return err
	}
	if _, err := s.endSession(r); err != nil {
		return err
	}
	if !a.Waiting {
		s.welcome(r.Context(), a, true)
	}
	s.setCookie(w, r, token)
	return s.replySession(w, r, a)
}

// endSession ends the session the request came with, if any: at sign-out, and when somebody else signs in with this browser.
func (s *server) endSession(r *http.Request) (identity.Left, error) {
	a := access.ActorFrom(r.Context())
	left, err := s.deps.Identity.SignOut(r.Context(), a)
	if err == nil && a.SessionID != "" && s.deps.EndSession != nil {
		s.deps.EndSession(a.Tenant, a.SessionID)
	}
	return left, err
}
