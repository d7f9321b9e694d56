package web

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/identity"
	"kasane/internal/meeting"
)

// guestBody is an invitation in a list; the secrets are shown once, when it is made.
type guestBody struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Kana      string     `json:"kana"`
	AgencyID  string     `json:"agencyId"`
	Post      string     `json:"post"`
	ExpiresAt time.Time  `json:"expiresAt"`
	UsedAt    *time.Time `json:"usedAt"`
	Admitted  *time.Time `json:"admittedAt"`
	RevokedAt *time.Time `json:"revokedAt"`
}

type invitedBody struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	PIN       string    `json:"pin"`
	ExpiresAt time.Time `json:"expiresAt"`
	QR        []byte    `json:"qr"` // the link as a picture (PNG)
}

// runs lets through who may invite to this meeting: those who hold the case, its chair and deputies.
func (s *server) runs(r *http.Request, id string) (meeting.Meeting, error) {
	a := access.ActorFrom(r.Context())
	m, err := s.row(r, id)
	if err != nil {
		return meeting.Meeting{}, err
	}
	if !a.Holder() && a.UserID != m.ChairID && !slices.Contains(m.DeputyIDs, a.UserID) {
		return meeting.Meeting{}, fault.New(fault.Forbidden, "招待を扱えるのは、議長・事務局・市の所管課です。")
	}
	return m, nil
}

func (s *server) guestList(w http.ResponseWriter, r *http.Request) error {
	id := chi.URLParam(r, "meeting")
	if _, err := s.runs(r, id); err != nil {
		return err
	}
	list, err := s.deps.Identity.Guests(r.Context(), access.ActorFrom(r.Context()), id)
	if err != nil {
		return err
	}
	out := []guestBody{}
	for _, g := range list {
		out = append(out, guestBody{g.ID, g.Name, g.Kana, g.AgencyID, g.Post, g.ExpiresAt, g.UsedAt, g.AdmittedAt, g.RevokedAt})
	}
	return s.reply(w, r, map[string]any{"guests": out})
}

// guestInvite gives the guest a place in the meeting first, because the meeting decides whether this may be, then the link.
func (s *server) guestInvite(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name     string `json:"name"`
		Kana     string `json:"kana"`
		AgencyID string `json:"agencyId"`
		Post     string `json:"post"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting")
	m, err := s.runs(r, id)
	if err != nil {
		return err
	}
	guest := access.NewID(s.deps.Now())
	if err := s.act(ctx, a, id, meeting.ActGuestInvite, map[string]string{"guestId": guest, "name": in.Name, "kana": in.Kana, "post": in.Post, "agencyId": in.AgencyID}); err != nil {
		return err
	}
	inv, err := s.deps.Identity.Invite(ctx, a, identity.Invitation{ID: guest, MeetingID: id, MeetingEnd: m.PlannedEnd, Name: in.Name, Kana: in.Kana,
		AgencyID: in.AgencyID, Post: in.Post})
	if err != nil {
		if rerr := s.act(ctx, a, id, meeting.ActGuestRemove, map[string]string{"id": guest}); rerr != nil {
			s.deps.Log.WarnContext(ctx, "a guest without a link stays in the meeting", "meeting", id, "guest", guest, "err", rerr)
		}
		return err
	}
	url := s.publicOrigin(r) + s.deps.Settings.BasePath + "/join#" + inv.Token // a fragment never reaches a server or its logs
	qr, err := identity.LinkQR(url)
	if err != nil {
		s.deps.Log.WarnContext(ctx, "a guest link without a picture", "meeting", id, "err", err) // the link itself is shown all the same
	}
	return s.reply(w, r, invitedBody{inv.Link.ID, url, inv.PIN, inv.Link.ExpiresAt, qr})
}

// guestAdmit lets somebody in who waits in the lobby (待合室): what they confirmed at the door is noted in the meeting now.
func (s *server) guestAdmit(w http.ResponseWriter, r *http.Request) error {
	if err := decode(r, &struct{}{}); err != nil {
		return err
	}
	id := chi.URLParam(r, "meeting")
	if _, err := s.runs(r, id); err != nil {
		return err
	}
	guest, sworn, err := s.deps.Identity.Admit(r.Context(), access.ActorFrom(r.Context()), id, chi.URLParam(r, "id"))
	if err != nil {
		return err
	}
	s.welcome(r.Context(), guest, sworn)
	return s.done(w, r)
}

// guestCarry lets a guest of the case before come along to this one (次の案件へ), as who runs both says. The guest has a seat here or does not come;
// waits in this lobby, too; and confirms secrecy for this case inside.
func (s *server) guestCarry(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		GuestID string `json:"guestId"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	ctx, a, id := r.Context(), access.ActorFrom(r.Context()), chi.URLParam(r, "meeting")
	m, err := s.runs(r, id)
	if err != nil {
		return err
	}
	before, err := s.deps.Meeting.Before(ctx, a, id)
	if err != nil {
		return err
	}
	if _, err := s.runs(r, before); err != nil {
		return err
	}
	list, err := s.deps.Identity.Guests(ctx, a, before)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(g identity.GuestLink) bool { return g.ID == in.GuestID })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "この人は、前の案件に招待されていません。")
	case !slices.Contains(m.Agencies, list[i].AgencyID):
		return fault.New(fault.Conflict, "この人の機関の席が、この案件にありません。先に席を加えてください。")
	case list[i].AdmittedAt == nil || list[i].RevokedAt != nil:
		return fault.New(fault.Conflict, "前の案件に入室していた人だけを、引き継げます。")
	}
	g := list[i]
	if err := s.act(ctx, a, id, meeting.ActGuestInvite, map[string]string{"guestId": g.ID, "name": g.Name, "kana": g.Kana, "post": g.Post, "agencyId": g.AgencyID}); err != nil {
		return err
	}
	guest, err := s.deps.Identity.Carry(ctx, a, g.ID, before, id, m.PlannedEnd)
	if err != nil {
		if rerr := s.act(ctx, a, id, meeting.ActGuestRemove, map[string]string{"id": g.ID}); rerr != nil {
			s.deps.Log.WarnContext(ctx, "a guest who did not come along stays in the meeting", "meeting", id, "guest", g.ID, "err", rerr)
		}
		return err
	}
	s.recheck()
	if !guest.Waiting {
		s.welcome(ctx, guest, false)
	}
	return s.done(w, r)
}

func (s *server) guestRevoke(w http.ResponseWriter, r *http.Request) error {
	if err := s.removeGuest(r, access.ActorFrom(r.Context()), chi.URLParam(r, "meeting"), chi.URLParam(r, "id")); err != nil {
		return err
	}
	return s.done(w, r)
}

// removeGuest ends link and session first: whatever the meeting says, nothing more is shown to the guest.
func (s *server) removeGuest(r *http.Request, a access.Actor, id, guest string) error {
	if _, err := s.runs(r, id); err != nil {
		return err
	}
	if err := s.deps.Identity.Revoke(r.Context(), a, id, guest); err != nil {
		return err
	}
	s.recheck()
	err := s.act(r.Context(), a, id, meeting.ActGuestRemove, map[string]string{"id": guest})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
		return nil // the meeting is over, or the guest is gone from it already; the link is dead in any case
	}
	return err
}

func (s *server) act(ctx context.Context, a access.Actor, id string, act meeting.Act, params any) error {
	raw, err := json.Marshal(params)
	if err != nil {
		return err
	}
	_, err = s.deps.Meeting.Act(ctx, a, id, act, raw, 0)
	return err
}

// welcome notes in the meeting what the guest confirmed at the door, if it was the door of this meeting. Before 受付 the meeting takes no confirmation yet: the guest is
// asked for it again inside, and sees nothing until then.
func (s *server) welcome(ctx context.Context, a access.Actor, sworn bool) {
	if sworn {
		if err := s.act(ctx, a, a.GuestMeeting, meeting.ActSecrecy, struct{}{}); err != nil && !fault.Is(err, fault.Conflict) {
			s.deps.Log.WarnContext(ctx, "confirmation of a guest not noted", "meeting", a.GuestMeeting, "err", err)
			return
		}
	}
	if err := s.deps.Meeting.Join(ctx, a, a.GuestMeeting, "", meeting.FormRemote); err != nil {
		s.deps.Log.WarnContext(ctx, "arrival of a guest not noted", "meeting", a.GuestMeeting, "err", err)
	}
}
