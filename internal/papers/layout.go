package papers

import (
	"slices"

	"kasane/internal/pdf"
)

// Layout (様式の設定) is how a municipality's own rules set a paper: its title, the order and the headings of its sections, the 決裁欄, a note. Nothing
// can be left out by it: what a record has to say stands in it, in whatever order.
type Layout struct {
	Title    string            `json:"title,omitempty"`    // 表題, instead of 会議録, 支援プラン…, 役割分担表
	Order    []string          `json:"order,omitempty"`    // keys of sections; those not named follow in the usual order
	Names    map[string]string `json:"names,omitempty"`    // headings, by key of the section
	Approval []string          `json:"approval,omitempty"` // 決裁欄
	Note     string            `json:"note,omitempty"`     // 注記, below the title
}

// Empty tells whether it changes nothing.
func (l Layout) Empty() bool {
	return l.Title == "" && len(l.Order) == 0 && len(l.Names) == 0 && len(l.Approval) == 0 && l.Note == ""
}

// LaidSection names a section of a paper that can be moved and renamed.
type LaidSection struct {
	Key   string `json:"key"`
	Title string `json:"title"`
}

// Paper is a document whose layout can be set.
type Paper struct {
	Kind     string        `json:"kind"`
	Title    string        `json:"title"`
	Sections []LaidSection `json:"sections"`
}

// LaidPapers lists the documents whose layout can be set, with their sections in the usual order. The 役割分担 stands on pages of its own and stays at
// the end; the matrix has no sections.
func LaidPapers() []Paper {
	return []Paper{
		{"minutes", "会議録", []LaidSection{{"held", "開催"}, {"attendance", "出席者"}, {"cases", "案件"}, {"consents", "本人同意の状況"}, {"items", "検討した項目"},
			{"statements", "各機関の発言要旨"}, {"decisions", "決定事項"}, {"homework", "宿題"}, {"community", "地域課題・社会資源"}, {"events", "会議中の出来事"}, {"next", "次回"},
			{"confirmation", "会議録の確認"}}},
		{"plan", "支援プラン（プラン兼利用申込書）", []LaidSection{{"head", "プラン"}, {"household", "本人・世帯"}, {"wishes", "本人・家族の意向"}, {"situation", "世帯の状況・課題の整理（解きほぐし）"},
			{"priorities", "優先課題"}, {"goals", "目標"}, {"policy", "支援の方針（全体）"}, {"lead", "主担当機関"}, {"emergency", "緊急時・リスク対応"}, {"services", "利用する事業"},
			{"consent", "本人同意・利用申込"}, {"meeting", "会議の結果・支援決定"}}},
		{"matrix", "役割分担表", []LaidSection{}},
	}
}

// part is a section that is about to be set.
type part struct {
	key  string
	fill func()
}

// parts sets the sections in the order of the layout.
func (s *sheet) parts(list ...part) {
	if l := s.head.Layout; l != nil {
		rank := func(p part) int {
			if i := slices.Index(l.Order, p.key); i >= 0 {
				return i
			}
			return len(l.Order)
		}
		slices.SortStableFunc(list, func(a, b part) int { return rank(a) - rank(b) })
	}
	for _, p := range list {
		s.key = p.key
		p.fill()
	}
	s.key = ""
}

// heading is the heading of the section being set, as the layout calls it. A further one of the same section keeps its own.
func (s *sheet) heading(usual string) string {
	key := s.key
	s.key = ""
	if l := s.head.Layout; l != nil && l.Names[key] != "" {
		return l.Names[key]
	}
	return usual
}

// named is the paper's title as the layout calls it.
func (h Head) named(kind string) string {
	if h.Layout != nil && h.Layout.Title != "" {
		return h.Layout.Title
	}
	return kind
}

// boxes are the titles of the 決裁欄.
func (h Head) boxes() []string {
	if h.Layout != nil && len(h.Layout.Approval) > 0 {
		return h.Layout.Approval
	}
	return h.Approval
}

// note sets the note of the layout below the title.
func (s *sheet) note() {
	if s.head.Layout != nil && s.head.Layout.Note != "" {
		st := noteStyle
		st.After = 1
		st.Align = pdf.Start
		s.Para(s.head.Layout.Note, st)
	}
}
