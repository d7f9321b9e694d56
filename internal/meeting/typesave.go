package meeting

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// Types lists the meeting types in force on a day (ISO date).
func (s *Service) Types(ctx context.Context, actor access.Actor, on string) ([]Type, error) {
	if actor.Tenant == "" {
		return nil, fault.New(fault.Unauthorized, "")
	}
	saved, err := s.Store.MeetingTypes(ctx, actor.Tenant)
	if err != nil {
		return nil, err
	}
	return EffectiveTypes(saved, on), nil
}

// TypeVersion is a version of a type in the settings.
type TypeVersion struct {
	Type
	BuiltIn bool `json:"builtIn"`
	Current bool `json:"current"` // in force today
	// Open: it begins today or later, so it may still be put right under the same date.
	Open bool `json:"open"`
}

// TypeVersions lists every version of every type, newest first within a type. 市所管課 only.
func (s *Service) TypeVersions(ctx context.Context, actor access.Actor) ([]TypeVersion, error) {
	if actor.Guest() || !actor.Has(access.RoleCity) {
		return nil, fault.New(fault.Forbidden, "会議種別の設定を見られるのは市所管課です。")
	}
	saved, err := s.Store.MeetingTypes(ctx, actor.Tenant)
	if err != nil {
		return nil, err
	}
	today := day(s.clock())
	best := map[string]int{} // by type id, the version in force
	var out []TypeVersion
	take := func(t Type, builtIn bool) {
		out = append(out, TypeVersion{Type: t, BuiltIn: builtIn, Open: !builtIn && t.EffectiveFrom >= today})
		if old, ok := best[t.ID]; t.EffectiveFrom <= today && (!ok || out[old].EffectiveFrom <= t.EffectiveFrom) {
			best[t.ID] = len(out) - 1
		}
	}
	for _, t := range BuiltInTypes() {
		take(t, true)
	}
	for _, t := range saved {
		take(t, false)
	}
	for _, i := range best {
		out[i].Current = true
	}
	slices.SortStableFunc(out, func(a, b TypeVersion) int {
		switch {
		case a.ID != b.ID:
			return strings.Compare(rank(a.ID)+a.ID, rank(b.ID)+b.ID)
		case a.EffectiveFrom != b.EffectiveFrom:
			return strings.Compare(b.EffectiveFrom, a.EffectiveFrom)
		case a.BuiltIn == b.BuiltIn:
			return 0
		case a.BuiltIn:
			return 1
		}
		return -1
	})
	return out, nil
}

// rank puts the built-in types first, in their order.
func rank(id string) string {
	if i := slices.IndexFunc(BuiltInTypes(), func(t Type) bool { return t.ID == id }); i >= 0 {
		return string(rune('0' + i))
	}
	return "9"
}

var typeID = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

// SaveType adds a version of a meeting type with its 適用開始日. 市所管課 only. Meetings that exist keep what their type said, so a version that
// begins today or later is replaced under the same date; an older one stays as it was.
func (s *Service) SaveType(ctx context.Context, actor access.Actor, t Type) error {
	if actor.Guest() || !actor.Has(access.RoleCity) {
		return fault.New(fault.Forbidden, "会議種別を変えられるのは市所管課です。")
	}
	if err := t.check(); err != nil {
		return err
	}
	t.NeedsConsent = t.Mode == consent.ModeLayered
	if len(t.Phases) == 0 {
		t.Phases = DefaultPhases()
	}
	now := s.clock()
	return s.Store.SaveMeetingType(ctx, actor.Tenant, t, t.EffectiveFrom >= day(now), actor.Audit(now, access.VerbMeetingType, t.ID))
}

func (t *Type) check() error {
	if err := first(required("id", "種別の記号", t.ID, 40), required("name", "名称", t.Name, 60), required("basis", "根拠", t.Basis, 200),
		text.Line("chairPost", "議長職", t.ChairPost, 60), text.Line("formName", "様式", t.FormName, 60)); err != nil {
		return err
	}
	if !typeID.MatchString(t.ID) { // it stands in the audit log, which holds no text
		return fault.New(fault.Invalid, "種別の記号は、英小文字・数字・「_」「-」だけで入力してください。").On("id")
	}
	if _, err := time.Parse(time.DateOnly, t.EffectiveFrom); err != nil {
		return fault.New(fault.Invalid, "適用開始日を入れてください。").On("effectiveFrom")
	}
	if t.Mode != consent.ModeLayered && t.Mode != consent.ModeSupport {
		return fault.New(fault.Invalid, "支援会議か重層的支援会議かを選んでください。").On("mode")
	}
	if t.ConfirmDays < 0 || t.ConfirmDays > 60 {
		return fault.New(fault.Invalid, "会議録の確認期間は60日までで入れてください。").On("confirmDays")
	}
	if t.Retention < 1 || t.Retention > 100 {
		return fault.New(fault.Invalid, "保存年限は1年から100年までで入れてください。").On("retention")
	}
	return first(t.checkCalled(), t.checkAgenda(), t.checkPhases(), t.checkPapers())
}

// checkCalled looks at 既定構成員. Ids of agencies that are gone do no harm: nobody is called by them.
func (t *Type) checkCalled() error {
	const most = 60
	if len(t.Agencies) > most || len(t.Categories) > most {
		return fault.Newf(fault.Invalid, "既定構成員は%dまでにしてください。", most).On("agencies")
	}
	for _, s := range slices.Concat(t.Agencies, t.Categories) {
		if !codeLike.MatchString(s) {
			return fault.New(fault.Invalid, "既定構成員を選び直してください。").On("agencies")
		}
	}
	return nil
}

var codeLike = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

func (t *Type) checkAgenda() error {
	if len(t.Agenda) > 20 {
		return fault.New(fault.Invalid, "議題のひな形は20までにしてください。").On("agenda")
	}
	for i, b := range t.Agenda {
		item := b.item()
		if err := item.check(); err != nil {
			return fault.Newf(fault.Invalid, "議題のひな形%d: %s", i+1, fault.Message(err)).On("agenda")
		}
	}
	return nil
}

// checkPhases: the phases are those of the house, in their order, because the room's steps hang on them; their minutes are the municipality's.
func (t *Type) checkPhases() error {
	if len(t.Phases) == 0 {
		return nil
	}
	known := DefaultPhases()
	if len(t.Phases) != len(known) {
		return fault.New(fault.Invalid, "進行の時間配分を確かめてください。").On("phases")
	}
	for i, p := range t.Phases {
		if p.ID != known[i].ID || p.Minutes < 0 || p.Minutes > 240 {
			return fault.New(fault.Invalid, "進行の時間は、1つにつき240分までで入れてください。").On("phases")
		}
		t.Phases[i].Label, t.Phases[i].Hint = known[i].Label, known[i].Hint
	}
	return nil
}

// usualAgencies are those the type calls to every meeting, in force today.
func (d *deed) usualAgencies(ctx context.Context, typeID string) ([]string, error) {
	saved, err := d.s.Store.MeetingTypes(ctx, d.sub.actor.Tenant)
	if err != nil {
		return nil, err
	}
	types := EffectiveTypes(saved, day(d.now))
	i := slices.IndexFunc(types, func(t Type) bool { return t.ID == typeID })
	if i < 0 {
		return nil, nil
	}
	f, err := d.know(ctx)
	if err != nil {
		return nil, err
	}
	return types[i].usual(f.Agencies), nil
}
