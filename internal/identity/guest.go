package identity

import (
	"context"
	"crypto/subtle"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// One message for every way a link can be dead: it tells nobody whether the link ever existed.
const (
	linkDead    = "この招待リンクは使えません。期限が切れたか、すでに使われています。招待した人に新しいリンクを頼んでください。"
	linkRefused = "入力された内容を確かめられませんでした。PIN・お名前・所属を、招待を受けたとおりに入力してください。"
)

// Invitation is what the inviter writes. MeetingEnd is the planned end of the meeting.
type Invitation struct {
	ID         string // the guest's id in the meeting; "" = a new one
	MeetingID  string
	MeetingEnd time.Time
	Name       string
	Kana       string
	AgencyID   string
	Post       string
}

// Invited is shown to the inviter once: the token goes into the link's fragment, the PIN by another way (電話など).
type Invited struct {
	Link  GuestLink
	Token string
	PIN   string
}

// Invite makes a link. Whether the actor may invite to this meeting is the meeting's to decide, before this is called.
func (s *Service) Invite(ctx context.Context, a access.Actor, in Invitation) (Invited, error) {
	if a.Guest() || a.Tenant == "" {
		return Invited{}, fault.New(fault.Forbidden, "")
	}
	if err := checkLine(in.Name, "name", "お名前", 1, 60); err != nil {
		return Invited{}, err
	}
	if err := checkLine(in.Kana, "kana", "ふりがな", 0, 80); err != nil {
		return Invited{}, err
	}
	if !text.IsKana(in.Kana) {
		return Invited{}, fault.New(fault.Invalid, "ふりがなは、かな(またはローマ字)で入力してください。").On("kana")
	}
	if err := checkLine(in.Post, "post", "職", 0, 60); err != nil {
		return Invited{}, err
	}
	if _, err := s.agency(ctx, a.Tenant, in.AgencyID); err != nil {
		return Invited{}, err
	}
	now := s.now()
	token, hash := newToken()
	pin := newPIN()
	pinHash, err := s.hasher.hash(ctx, pin)
	if err != nil {
		return Invited{}, err
	}
	if in.ID == "" {
		in.ID = access.NewID(now)
	}
	g := GuestLink{ID: in.ID, Tenant: a.Tenant, MeetingID: in.MeetingID, TokenHash: hash, PINHash: pinHash,
		Name: in.Name, Kana: in.Kana, AgencyID: in.AgencyID, Post: in.Post, CreatedBy: a.UserID, CreatedAt: now,
		ExpiresAt: linkEnd(now, in.MeetingEnd)}
	if err := s.store.CreateGuest(ctx, g, a.Audit(now, access.VerbGuestInvite, g.ID).InMeeting(in.MeetingID)); err != nil {
		return Invited{}, err
	}
	return Invited{Link: g, Token: token, PIN: pin}, nil
}

// linkEnd: a link lives until the end of the day of the meeting (in Japan), and two hours after its planned end where that is later; at most 60 days from
// now. A meeting that is over already, or has no planned end, leaves two hours.
func linkEnd(now, meetingEnd time.Time) time.Time {
	end := meetingEnd.Add(guestAfterPlan)
	if night := jptime.DateOf(meetingEnd).AddDays(1).Time(); !meetingEnd.IsZero() && night.After(end) {
		end = night
	}
	if least := now.Add(guestAfterPlan); end.Before(least) {
		end = least
	}
	if most := now.Add(guestMax); end.After(most) {
		end = most
	}
	return end.UTC().Truncate(time.Microsecond)
}

// Carry lets a guest who was let into one case go on to the next of the same 開催, in the same session: whether the actor may, and whether these two
// follow one another, is the meeting's to decide. The guest waits in the lobby of the next case as at any door, and has left the one before. The
// actor of the guest is returned.
func (s *Service) Carry(ctx context.Context, a access.Actor, guestID, from, to string, end time.Time) (access.Actor, error) {
	if a.Guest() || a.Tenant == "" {
		return access.Actor{}, fault.New(fault.Forbidden, "")
	}
	g, err := s.store.GetGuest(ctx, a.Tenant, guestID)
	if err != nil {
		return access.Actor{}, err
	}
	m, err := s.municipality(ctx, g.Tenant)
	if err != nil {
		return access.Actor{}, err
	}
	r, err := s.rulesOf(ctx, m)
	if err != nil {
		return access.Actor{}, err
	}
	agency, err := s.agency(ctx, g.Tenant, g.AgencyID)
	if err != nil {
		return access.Actor{}, err
	}
	now := s.now()
	e := a.Audit(now, access.VerbGuestCarry, guestID).InMeeting(to)
	if err := s.store.CarryGuest(ctx, a.Tenant, guestID, from, to, !r.Lobby, linkEnd(g.CreatedAt, end), now, e); err != nil {
		return access.Actor{}, err
	}
	g.MeetingID, g.Carried, g.AdmittedAt = to, true, nil
	if !r.Lobby {
		g.AdmittedAt = &now
	}
	return actorOf(Principal{Session: Session{Tenant: g.Tenant}, Agency: agency, Guest: &g}), nil
}

// MeetingMoved lets the links of a meeting whose day has changed end with the new one, as if they had been made for it.
func (s *Service) MeetingMoved(ctx context.Context, a access.Actor, meetingID string, meetingEnd time.Time) error {
	if a.Guest() || a.Tenant == "" {
		return fault.New(fault.Forbidden, "")
	}
	list, err := s.store.ListGuests(ctx, a.Tenant, meetingID)
	if err != nil {
		return err
	}
	ends := map[string]time.Time{}
	for _, g := range list {
		if end := linkEnd(g.CreatedAt, meetingEnd); g.RevokedAt == nil && !end.Equal(g.ExpiresAt) {
			ends[g.ID] = end
		}
	}
	if len(ends) == 0 {
		return nil
	}
	return s.store.MoveGuests(ctx, a.Tenant, ends, a.Audit(s.now(), access.VerbGuestMove, meetingID).InMeeting(meetingID))
}

// Check tells whether a link could still be used, and nothing else. Gone otherwise.
func (s *Service) Check(ctx context.Context, token string) error {
	_, err := s.livingLink(ctx, token, s.now())
	return err
}

func (s *Service) livingLink(ctx context.Context, token string, now time.Time) (GuestLink, error) {
	if !wellFormed(token) {
		return GuestLink{}, fault.New(fault.Gone, linkDead)
	}
	g, err := s.store.GuestByToken(ctx, hashToken(token))
	if fault.Is(err, fault.NotFound) {
		return GuestLink{}, fault.New(fault.Gone, linkDead)
	}
	if err != nil {
		return GuestLink{}, err
	}
	if g.UsedAt != nil || g.RevokedAt != nil || !now.Before(g.ExpiresAt) || g.Attempts >= guestFailures {
		return GuestLink{}, fault.New(fault.Gone, linkDead)
	}
	return g, nil
}

// Entry is what the guest confirms before anything of the meeting is shown.
type Entry struct {
	Token   string `json:"token"`
	PIN     string `json:"pin"`
	Name    string `json:"name"`
	Agency  string `json:"agency"`
	Secrecy bool   `json:"secrecy"` // 守秘義務の確認
}

// Enter opens the guest's session: once per link, with the PIN, and with name and agency as invited (sameWriting).
// Invalid: secrecy not confirmed (not counted). Unauthorized: something does not fit, without saying which. Gone: the link is dead.
//
// Where the municipality has a lobby (待合室) the actor waits until Admit.
func (s *Service) Enter(ctx context.Context, in Entry, c Client) (token string, a access.Actor, err error) {
	if !in.Secrecy {
		return "", access.Actor{}, fault.New(fault.Invalid, "守秘義務の確認に印を付けてください。").On("secrecy")
	}
	now := s.now()
	g, err := s.livingLink(ctx, in.Token, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	address := attemptKey("guest", c.IP)
	locked, err := s.store.BeginAttempt(ctx, g.Tenant, []AttemptKey{{address, addressFailures}}, attemptWindow, lockFor, now)
	if err != nil {
		return "", access.Actor{}, err
	}
	if !locked.IsZero() {
		return "", access.Actor{}, lockedOut(locked)
	}
	if err := s.store.GuestAttempt(ctx, g.Tenant, g.ID, guestFailures, now); err != nil {
		return "", access.Actor{}, deadIfGone(err)
	}
	agency, err := s.agency(ctx, g.Tenant, g.AgencyID)
	if err != nil {
		return "", access.Actor{}, err
	}
	pinOK, err := s.hasher.verify(ctx, g.PINHash, foldLogin(in.PIN))
	if err != nil {
		return "", access.Actor{}, err
	}
	who := access.Actor{Tenant: g.Tenant, UserID: g.ID, AgencyID: g.AgencyID, IP: c.IP}
	if !pinOK || !sameWriting(in.Name, g.Name) || !sameWriting(in.Agency, agency.Name) {
		e := who.Audit(now, access.VerbGuestFailed, g.ID).InMeeting(g.MeetingID).Failed("credentials")
		if err := s.store.AppendAudit(ctx, e); err != nil {
			return "", access.Actor{}, err
		}
		if g.Attempts+1 >= guestFailures {
			return "", access.Actor{}, fault.New(fault.Gone, linkDead)
		}
		return "", access.Actor{}, fault.New(fault.Unauthorized, linkRefused)
	}
	token, hash := newToken()
	end := now.Add(SessionAbsolute)
	if g.ExpiresAt.Before(end) {
		end = g.ExpiresAt
	}
	m, err := s.municipality(ctx, g.Tenant)
	if err != nil {
		return "", access.Actor{}, err
	}
	r, err := s.rulesOf(ctx, m)
	if err != nil {
		return "", access.Actor{}, err
	}
	session := Session{Hash: hash, Tenant: g.Tenant, GuestID: g.ID, CreatedAt: now, LastSeen: now, ExpiresAt: end, IP: c.IP, Device: c.Device}
	who.SessionID = hash
	if err := s.store.UseGuest(ctx, g.Tenant, g.ID, session, !r.Lobby, now, who.Audit(now, access.VerbGuestEnter, g.ID).InMeeting(g.MeetingID)); err != nil {
		return "", access.Actor{}, deadIfGone(err)
	}
	if err := s.store.ForgetAttempts(ctx, g.Tenant, address); err != nil { // an office whose people come one after the other is not held up
		return "", access.Actor{}, err
	}
	g.UsedAt = &now
	if !r.Lobby {
		g.AdmittedAt = &now
	}
	a = actorOf(Principal{Session: session, Agency: agency, Guest: &g})
	a.IP = c.IP
	return token, a, nil
}

// Admit lets a guest in who waits in the lobby; whether the actor may is the meeting's to decide. The actor of the guest is returned, and
// whether secrecy was confirmed at the door for this meeting. Conflict: the guest has not entered yet, or the link is revoked.
func (s *Service) Admit(ctx context.Context, a access.Actor, meetingID, guestID string) (access.Actor, bool, error) {
	if a.Guest() || a.Tenant == "" {
		return access.Actor{}, false, fault.New(fault.Forbidden, "")
	}
	g, err := s.store.GetGuest(ctx, a.Tenant, guestID)
	if err != nil {
		return access.Actor{}, false, err
	}
	switch {
	case g.MeetingID != meetingID:
		return access.Actor{}, false, fault.New(fault.NotFound, "")
	case g.UsedAt == nil || g.RevokedAt != nil:
		return access.Actor{}, false, fault.New(fault.Conflict, "この人はまだ待合室に来ていないか、招待が取り消されています。")
	}
	agency, err := s.agency(ctx, g.Tenant, g.AgencyID)
	if err != nil {
		return access.Actor{}, false, err
	}
	now := s.now()
	if err := s.store.AdmitGuest(ctx, a.Tenant, guestID, now, a.Audit(now, access.VerbGuestAdmit, guestID).InMeeting(meetingID)); err != nil {
		return access.Actor{}, false, err
	}
	g.AdmittedAt = &now
	return actorOf(Principal{Session: Session{Tenant: g.Tenant}, Agency: agency, Guest: &g}), !g.Carried, nil
}

// Guests lists the links of a meeting; whether the actor may see them is the meeting's to decide.
func (s *Service) Guests(ctx context.Context, a access.Actor, meetingID string) ([]GuestLink, error) {
	if a.Guest() || a.Tenant == "" {
		return nil, fault.New(fault.Forbidden, "")
	}
	return s.store.ListGuests(ctx, a.Tenant, meetingID)
}

// Revoke ends a link of the meeting and the session that came through it.
func (s *Service) Revoke(ctx context.Context, a access.Actor, meetingID, guestID string) error {
	if a.Guest() || a.Tenant == "" {
		return fault.New(fault.Forbidden, "")
	}
	g, err := s.store.GetGuest(ctx, a.Tenant, guestID)
	if err != nil {
		return err
	}
	if g.MeetingID != meetingID {
		return fault.New(fault.NotFound, "")
	}
	now := s.now()
	return s.store.RevokeGuest(ctx, a.Tenant, guestID, now, a.Audit(now, access.VerbGuestRevoke, guestID).InMeeting(meetingID))
}

// agency finds an active agency of the municipality; Invalid on agencyId otherwise.
func (s *Service) agency(ctx context.Context, tenant, id string) (access.Agency, error) {
	all, err := s.store.ListAgencies(ctx, tenant)
	if err != nil {
		return access.Agency{}, err
	}
	for _, g := range all {
		if g.ID == id && g.Active {
			return g, nil
		}
	}
	return access.Agency{}, fault.New(fault.Invalid, "所属する機関を選んでください。").On("agencyId")
}

// sameWriting compares what two people wrote of one name: white space, width and variants of a kanji (髙 and 高) aside. The name is no secret; the PIN is.
func sameWriting(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(text.Fold(a)), []byte(text.Fold(b))) == 1
}

func deadIfGone(err error) error {
	if fault.Is(err, fault.Gone) {
		return fault.New(fault.Gone, linkDead)
	}
	return err
}
