package archive

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/jptime"
	"kasane/internal/text"
)

// Extension (延長) keeps a record longer than its class says.
type Extension struct {
	ID     string    `json:"id"`
	Record string    `json:"-"`
	Until  string    `json:"until"` // the new last day
	Reason string    `json:"reason"`
	By     string    `json:"-"`
	ByName string    `json:"by"`
	At     time.Time `json:"at"`
}

// Hold (廃棄の停止) keeps a record from being disposed of while it is not lifted: a disclosure request, a lawsuit, an inquiry. A record may have
// several at once.
type Hold struct {
	ID         string     `json:"id"`
	Record     string     `json:"-"`
	Reason     string     `json:"reason"`
	By         string     `json:"-"`
	ByName     string     `json:"by"`
	At         time.Time  `json:"at"`
	LiftedAt   *time.Time `json:"liftedAt"`
	LiftedBy   string     `json:"-"`
	LiftedName string     `json:"liftedBy"`
	LiftReason string     `json:"liftReason"`
}

// Keeping is what a store knows of how long a record is kept, beside what it was sealed with.
type Keeping struct {
	CaseEnded  time.Time // 終結 of its case; zero while it runs
	Extensions []Extension
	Holds      []Hold // oldest first, lifted ones too
	Proposed   string // id of the 廃棄起案 that waits for its decision
	Newest     int    // newest version of the same paper (訂正)
	Later      string // 文書番号 of the newest later plan or matrix of the same case that takes the place of this one (再プラン); "" for none
	Reopened   bool   // the meeting's 会議録 is not final now: a 訂正 is under way
}

// Held tells whether a hold is in force.
func (k Keeping) Held() int {
	n := 0
	for _, h := range k.Holds {
		if h.LiftedAt == nil {
			n++
		}
	}
	return n
}

// Keepings are how long records are kept, and how they go. Records outside the scope are NotFound.
type Keepings interface {
	// RetentionTable returns the newest table saved; Version 0 when there is none.
	RetentionTable(ctx context.Context, tenant string) (Table, error)
	// SaveRetentionTable adds a version; Conflict when it exists.
	SaveRetentionTable(ctx context.Context, tenant string, t Table, e access.Entry) error
	// ArchiveKeeping returns what is known of records, by id.
	ArchiveKeeping(ctx context.Context, tenant string, ids []string) (map[string]Keeping, error)
	// ArchiveEnding returns records with a body whose period ends on or before a day, by what they were sealed with or by the end of their case;
	// 延長 is not looked at. In order of sealing.
	ArchiveEnding(ctx context.Context, s access.Scope, until string) ([]Record, error)
	// AddExtension writes an extension; Conflict for a record without body, or when it stands at that day or later already.
	AddExtension(ctx context.Context, s access.Scope, x Extension, e access.Entry) error
	// AddHold writes a hold; Conflict for a record without body.
	AddHold(ctx context.Context, s access.Scope, h Hold, e access.Entry) error
	// LiftHold ends a hold that is in force; NotFound else.
	LiftHold(ctx context.Context, s access.Scope, h Hold, e access.Entry) error
}

// KeptLine (保存の状態) is a record with everything about its keeping, for the screen.
type KeptLine struct {
	Line
	Extensions []Extension `json:"extensions"`
	Holds      []Hold      `json:"holds"`
	Proposed   string      `json:"proposed"`
	MayKeep    bool        `json:"mayKeep"`
	// Versions of the same paper, the newest first.
	Versions []VersionLine `json:"versions"`
}

// Keeping returns how a record is kept.
func (s *Service) Keeping(ctx context.Context, a access.Actor, id string) (KeptLine, error) {
	if err := access.Require(a, access.ActArchiveRead); err != nil {
		return KeptLine{}, err
	}
	r, err := s.store.ArchiveRecord(ctx, access.ScopeOf(a), id)
	if err != nil {
		return KeptLine{}, err
	}
	k, err := s.store.ArchiveKeeping(ctx, a.Tenant, []string{id})
	if err != nil {
		return KeptLine{}, err
	}
	all, err := s.store.ArchiveVersions(ctx, access.ScopeOf(a), id)
	if err != nil {
		return KeptLine{}, err
	}
	l := s.kept(a, r, k[id])
	l.Versions = versionLines(all)
	return l, nil
}

func (s *Service) kept(a access.Actor, r Record, k Keeping) KeptLine {
	l := KeptLine{Line: s.lineOf(a, r, k), Extensions: k.Extensions, Holds: k.Holds, Proposed: k.Proposed, MayKeep: access.Can(a, access.ActArchiveKeep), Versions: []VersionLine{}}
	if l.Extensions == nil {
		l.Extensions = []Extension{}
	}
	if l.Holds == nil {
		l.Holds = []Hold{}
	}
	return l
}

// lineOf is line with the keeping as it stands.
func (s *Service) lineOf(a access.Actor, r Record, k Keeping) Line {
	l := line(r)
	if r.State == StateDraft {
		return l
	}
	st := r.Retention.Stands(k.CaseEnded, k.Extensions...)
	l.StartsOn, l.ExpiresOn, l.Waiting, l.Held, l.Extended = st.From, st.Until, st.Waiting, k.Held(), len(k.Extensions) > 0
	l.Expired = st.Expired(s.today())
	l.corrected(a, r, k)
	return l
}

func (s *Service) today() string { return jptime.DateOf(s.now()).String() }

// lines completes a list.
func (s *Service) lines(ctx context.Context, a access.Actor, records []Record) ([]Line, error) {
	var ids []string
	for _, r := range records {
		if r.ID != "" {
			ids = append(ids, r.ID)
		}
	}
	k, err := s.store.ArchiveKeeping(ctx, a.Tenant, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Line, 0, len(records))
	for _, r := range records {
		out = append(out, s.lineOf(a, r, k[r.ID]))
	}
	return out, nil
}

// Ending (満了) lists the records whose last day is on or before a day; "" = those that have expired.
func (s *Service) Ending(ctx context.Context, a access.Actor, until string) ([]KeptLine, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return nil, err
	}
	if until == "" {
		until = jptime.DateOf(s.now()).AddDays(-1).String()
	}
	if _, err := time.Parse(time.DateOnly, until); err != nil {
		return nil, fault.New(fault.Invalid, "日付を確かめてください。").On("until")
	}
	records, err := s.store.ArchiveEnding(ctx, access.ScopeOf(a), until)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range records {
		ids = append(ids, r.ID)
	}
	k, err := s.store.ArchiveKeeping(ctx, a.Tenant, ids)
	if err != nil {
		return nil, err
	}
	out := []KeptLine{}
	for _, r := range records {
		if l := s.kept(a, r, k[r.ID]); l.ExpiresOn != "" && l.ExpiresOn <= until {
			out = append(out, l)
		}
	}
	return out, nil
}

// Ended (保存期間の満了) counts the records of a municipality whose period is over, and how many of them are held back (廃棄の停止). It is the pass of the night: nothing is
// disposed of by itself.
func (s *Service) Ended(ctx context.Context, tenant string) (over, held int, err error) {
	until := jptime.DateOf(s.now()).AddDays(-1).String()
	records, err := s.store.ArchiveEnding(ctx, access.Scope{Tenant: tenant, All: true, Archive: true}, until)
	if err != nil {
		return 0, 0, err
	}
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = r.ID
	}
	k, err := s.store.ArchiveKeeping(ctx, tenant, ids)
	for _, r := range records {
		if l := s.lineOf(access.System(tenant), r, k[r.ID]); l.ExpiresOn != "" && l.ExpiresOn <= until {
			over++
			if l.Held > 0 {
				held++
			}
		}
	}
	return over, held, err
}

func checkReason(what, reason string) error {
	if err := text.Required("reason", what, reason); err != nil {
		return err
	}
	return text.Memo("reason", what, reason, 300)
}

// Extend (延長) keeps a record until a later day.
func (s *Service) Extend(ctx context.Context, a access.Actor, id, until, reason string) (KeptLine, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return KeptLine{}, err
	}
	if _, err := time.Parse(time.DateOnly, until); err != nil || until > "9999" {
		return KeptLine{}, fault.New(fault.Invalid, "延長後の満了日を確かめてください。").On("until")
	}
	if err := checkReason("延長の理由", reason); err != nil {
		return KeptLine{}, err
	}
	r, err := s.store.ArchiveRecord(ctx, access.ScopeOf(a), id)
	if err != nil {
		return KeptLine{}, err
	}
	if r.Retention.Years == 0 {
		return KeptLine{}, fault.New(fault.Conflict, "常用の文書に満了日はありません。")
	}
	now := s.now()
	x := Extension{ID: access.NewID(now), Record: id, Until: until, Reason: reason, By: a.UserID, ByName: a.Name, At: now}
	if err := s.store.AddExtension(ctx, access.ScopeOf(a), x, a.Audit(now, access.VerbArchiveExtend, id).InCase(r.CaseID)); err != nil {
		return KeptLine{}, err
	}
	return s.Keeping(ctx, a, id)
}

// Hold (廃棄の停止) keeps a record from being disposed of until it is lifted.
func (s *Service) Hold(ctx context.Context, a access.Actor, id, reason string) (KeptLine, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return KeptLine{}, err
	}
	if err := checkReason("廃棄を止める理由", reason); err != nil {
		return KeptLine{}, err
	}
	now := s.now()
	h := Hold{ID: access.NewID(now), Record: id, Reason: reason, By: a.UserID, ByName: a.Name, At: now}
	if err := s.store.AddHold(ctx, access.ScopeOf(a), h, a.Audit(now, access.VerbArchiveHold, id)); err != nil {
		return KeptLine{}, err
	}
	return s.Keeping(ctx, a, id)
}

// Lift ends a hold.
func (s *Service) Lift(ctx context.Context, a access.Actor, id, hold, reason string) (KeptLine, error) {
	if err := access.Require(a, access.ActArchiveKeep); err != nil {
		return KeptLine{}, err
	}
	if err := checkReason("停止を解く理由", reason); err != nil {
		return KeptLine{}, err
	}
	now := s.now()
	h := Hold{ID: hold, Record: id, LiftedAt: &now, LiftedBy: a.UserID, LiftedName: a.Name, LiftReason: reason}
	if err := s.store.LiftHold(ctx, access.ScopeOf(a), h, a.Audit(now, access.VerbArchiveLift, id)); err != nil {
		return KeptLine{}, err
	}
	return s.Keeping(ctx, a, id)
}
