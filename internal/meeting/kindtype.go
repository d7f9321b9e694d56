package meeting

import (
	"slices"
	"strings"

	"kasane/internal/access"
	"kasane/internal/consent"
	"kasane/internal/papers"
)

// Type (会議種別) is data of the municipality with an effective date: its name, legal basis, rules and retention, and what a new meeting of
// the kind begins with.
type Type struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	Mode          consent.Mode `json:"mode"`
	Basis         string       `json:"basis"`         // 根拠
	NeedsConsent  bool         `json:"needsConsent"`  // 同意要否
	ChairPost     string       `json:"chairPost"`     // 議長職
	Retention     int          `json:"retention"`     // 保存年限, years
	ConfirmDays   int          `json:"confirmDays"`   // 会議録の確認期間 in days, 0 = the usual week
	EffectiveFrom string       `json:"effectiveFrom"` // 適用開始日, ISO date
	Phases        []PhaseDef   `json:"phases"`
	// FormName (様式) is how the municipality's own rules name the paper of this kind of meeting: 様式第5号（第8条関係）. It is printed on it.
	FormName string `json:"formName,omitempty"`
	// Papers (様式の設定) are the layouts of its papers, by document: minutes, plan, matrix.
	Papers map[string]papers.Layout `json:"papers,omitempty"`
	// Agencies and Categories (既定構成員) are called to every meeting of the kind, besides the members of the case: these agencies, and all of
	// these 機関区分.
	Agencies   []string `json:"agencies,omitempty"`
	Categories []string `json:"categories,omitempty"`
	// Agenda (議題のひな形) is what the agenda of a new meeting is made of.
	Agenda []AgendaBlock `json:"agenda,omitempty"`
	// Retired (廃止): from the effective date on no meeting of the kind is called any more.
	Retired bool `json:"retired,omitempty"`
}

// AgendaBlock (議題のひな形) is an item an agenda may begin with.
type AgendaBlock struct {
	Title   string     `json:"title"`
	Purpose Purpose    `json:"purpose"`
	Kind    AgendaKind `json:"kind"`
	Point   string     `json:"point"`
	Minutes int        `json:"minutes"`
	// Usual: it stands in the agenda from the beginning; otherwise it is offered.
	Usual bool `json:"usual"`
}

// item is the block as an item, to be checked like one. What a template says is about nobody, so its class is 基本情報.
func (b AgendaBlock) item() AgendaItem {
	return AgendaItem{Title: b.Title, Purpose: b.Purpose, Kind: b.Kind, Point: b.Point, Minutes: b.Minutes, Item: consent.ItemBasic}
}

// FourDuties (会議の4つの役割) are the duties of a 重層的支援会議 as blocks of an agenda. 評価 is for meetings that end or renew a plan.
func FourDuties() []AgendaBlock {
	return []AgendaBlock{
		{Title: "プランの適切性の協議", Purpose: PurposePolicy, Point: "プラン（案）は本人の希望と課題に合っているか。足りない支援はないか。", Minutes: 25, Usual: true},
		{Title: "支援提供者によるプランの共有", Purpose: PurposeShare, Point: "各機関が自分の役割とほかの機関の役割を確かめ、引き受けられるか。", Minutes: 15, Usual: true},
		{Title: "プラン終結時等の評価", Purpose: PurposeClose, Kind: AgendaClose, Point: "目標はどこまで達成されたか。終結するか、プランを作り直して続けるか。", Minutes: 15},
		{Title: "社会資源の充足状況の把握と開発に向けた検討", Purpose: PurposeShare, Point: "足りない社会資源は何か。地域課題として残すものはあるか。", Minutes: 5, Usual: true},
	}
}

// supportBlocks are what a 支援会議 is for (第106条の6第2項), until the municipality says otherwise.
func supportBlocks() []AgendaBlock {
	return []AgendaBlock{
		{Title: "必要な情報の交換", Purpose: PurposeShare, Kind: AgendaShare, Point: "各機関が知っている世帯の様子を合わせ、急いで動くことがあるか。", Minutes: 20, Usual: true},
		{Title: "支援体制に関する検討", Purpose: PurposePolicy, Point: "誰がどう関わり、本人の同意に向けて次に何をするか。", Minutes: 25, Usual: true},
		{Title: "社会資源の充足状況の把握と開発に向けた検討", Purpose: PurposeShare, Point: "足りない社会資源は何か。地域課題として残すものはあるか。", Minutes: 5},
	}
}

// confirmDays is how long those who were there have to look at the 会議録(案).
func (t Type) confirmDays() int {
	if t.ConfirmDays == 0 {
		return 7
	}
	return t.ConfirmDays
}

// usual lists whom the type always calls, of the agencies that are active.
func (t Type) usual(agencies []access.Agency) []string {
	var out []string
	for _, a := range agencies {
		if a.Active && (slices.Contains(t.Agencies, a.ID) || slices.Contains(t.Categories, a.Category)) {
			out = append(out, a.ID)
		}
	}
	return out
}

// BuiltInTypes are the two types every municipality starts with; periods are defaults to be set by its own rules.
func BuiltInTypes() []Type {
	return []Type{
		{ID: "layered", Name: "重層的支援会議", Mode: consent.ModeLayered, Basis: "重層的支援体制整備事業実施要綱（社会福祉法第106条の4第2項）",
			NeedsConsent: true, ChairPost: "所管課長", Retention: 5, EffectiveFrom: "2021-04-01", Phases: DefaultPhases(), Agenda: FourDuties()},
		{ID: "support", Name: "支援会議", Mode: consent.ModeSupport, Basis: "社会福祉法第106条の6",
			NeedsConsent: false, ChairPost: "所管課長", Retention: 5, EffectiveFrom: "2021-04-01", Phases: DefaultPhases(), Agenda: supportBlocks()},
	}
}

// EffectiveTypes picks, per type id, the version in force on a day (ISO date); saved versions win over built-in ones. A type that is retired
// on that day is left out.
func EffectiveTypes(saved []Type, day string) []Type {
	best := map[string]Type{}
	order := []string{}
	take := func(t Type) {
		old, ok := best[t.ID]
		if !ok && !slices.Contains(order, t.ID) {
			order = append(order, t.ID)
		}
		if t.EffectiveFrom <= day && (!ok || old.EffectiveFrom <= t.EffectiveFrom) {
			best[t.ID] = t
		}
	}
	for _, t := range BuiltInTypes() {
		take(t)
	}
	saved = slices.Clone(saved)
	slices.SortStableFunc(saved, func(a, b Type) int { return strings.Compare(a.EffectiveFrom, b.EffectiveFrom) })
	for _, t := range saved {
		take(t)
	}
	out := make([]Type, 0, len(order))
	for _, id := range order {
		if t, ok := best[id]; ok && !t.Retired {
			out = append(out, t)
		}
	}
	return out
}
