package consent

import "time"

// Details (記録の内訳) are the fields that belong to one way of giving consent, to somebody who acted for the person, and to the
// explanation. A record keeps only the parts of the method and the grantor it names.
type Details struct {
	Oral        *Oral       `json:"oral,omitempty"`
	Phone       *Phone      `json:"phone,omitempty"`
	Scribe      *Scribe     `json:"scribe,omitempty"`
	Agent       *Agent      `json:"agent,omitempty"`
	Explanation Explanation `json:"explanation"`
}

// Oral (口頭) is consent or refusal by word of mouth.
type Oral struct {
	Hearer  string    `json:"hearer"`  // 聴取者
	Witness string    `json:"witness"` // 立会者
	At      time.Time `json:"at"`      // 日時
	Place   string    `json:"place"`   // 場所
	Words   string    `json:"words"`   // 発言要旨
}

// Phone (電話) is consent or refusal on the telephone.
type Phone struct {
	Hearer     string    `json:"hearer"`     // 聴取者
	At         time.Time `json:"at"`         // 日時
	Identified string    `json:"identified"` // 本人確認の方法
	Words      string    `json:"words"`      // 発言要旨
}

// Scribe (代筆) is who wrote the sheet for somebody who cannot write.
type Scribe struct {
	Name     string `json:"name"`     // 代筆者
	Relation string `json:"relation"` // 続柄
	Reason   string `json:"reason"`   // 理由
	Witness  string `json:"witness"`  // 立会人
}

// Agent (代理) is by which right somebody consented in the person's place.
type Agent struct {
	Kind     AgentKind `json:"kind"`
	Relation string    `json:"relation,omitempty"` // 続柄
	Power    string    `json:"power,omitempty"`    // 代理権の範囲
	Reason   string    `json:"reason,omitempty"`   // 代理の理由
}

// AgentKind is the legal position of an Agent.
type AgentKind string

// The kinds. 保佐人 and 補助人 represent only as far as a court has granted it, so their power is always written down.
const (
	AgentParent        AgentKind = "parent"         // 親権者
	AgentMinorGuardian AgentKind = "minor_guardian" // 未成年後見人
	AgentAdultGuardian AgentKind = "adult_guardian" // 成年後見人
	AgentCurator       AgentKind = "curator"        // 保佐人
	AgentAssistant     AgentKind = "assistant"      // 補助人
	AgentOther         AgentKind = "other"          // その他代理
)

// Label is the Japanese name of the kind.
func (k AgentKind) Label() string {
	switch k {
	case AgentParent:
		return "親権者"
	case AgentMinorGuardian:
		return "未成年後見人"
	case AgentAdultGuardian:
		return "成年後見人"
	case AgentCurator:
		return "保佐人"
	case AgentAssistant:
		return "補助人"
	case AgentOther:
		return "その他代理"
	}
	return ""
}

// kindsOf lists the kinds that belong to a grantor of the form.
func kindsOf(g Grantor) []AgentKind {
	switch g {
	case GrantorParent:
		return []AgentKind{AgentParent, AgentMinorGuardian}
	case GrantorGuardian:
		return []AgentKind{AgentAdultGuardian, AgentCurator, AgentAssistant}
	case GrantorOther:
		return []AgentKind{AgentOther}
	case GrantorSelf:
	}
	return nil
}

// Explanation (説明の方法と配慮) is how the text was explained.
type Explanation struct {
	Way         Way    `json:"way,omitempty"`         // 説明の方法
	Care        []Care `json:"care,omitempty"`        // 配慮
	Language    string `json:"language,omitempty"`    // 通訳の言語
	Interpreter string `json:"interpreter,omitempty"` // 通訳者
	Family      string `json:"family,omitempty"`      // 同席した家族
}

// Way (説明の方法) is where and by what means it was explained.
type Way string

// The ways.
const (
	WayFace   Way = "face"   // 対面
	WayVisit  Way = "visit"  // 訪問
	WayOnline Way = "online" // オンライン
	WayPhone  Way = "phone"  // 電話
	WayLetter Way = "letter" // 書面の送付
)

// Ways lists every way in form order.
func Ways() []Way { return []Way{WayFace, WayVisit, WayOnline, WayPhone, WayLetter} }

// Label is the Japanese name of the way.
func (w Way) Label() string {
	switch w {
	case WayFace:
		return "対面（窓口など）"
	case WayVisit:
		return "訪問"
	case WayOnline:
		return "オンライン"
	case WayPhone:
		return "電話"
	case WayLetter:
		return "書面の送付"
	}
	return ""
}

// Care (配慮) is what was done so that the person could understand. The codes are those of the list explain_how of the forms.
type Care string

// The cares of domain.md §6.4.
const (
	CareRuby        Care = "ruby"        // ふりがな
	CareEasy        Care = "easy"        // やさしい日本語
	CareInterpreter Care = "interpreter" // 通訳(言語・通訳者)
	CareSign        Care = "sign"        // 手話
	CareRead        Care = "read"        // 読み上げ
	CareFamily      Care = "family"      // 家族同席
)

// Cares lists every care in form order.
func Cares() []Care {
	return []Care{CareRuby, CareEasy, CareInterpreter, CareSign, CareRead, CareFamily}
}

// Label is the Japanese name of the care.
func (c Care) Label() string {
	switch c {
	case CareRuby:
		return "ふりがな"
	case CareEasy:
		return "やさしい日本語"
	case CareInterpreter:
		return "通訳"
	case CareSign:
		return "手話"
	case CareRead:
		return "読み上げ"
	case CareFamily:
		return "家族同席"
	}
	return ""
}

// Label is the Japanese name of the method.
func (m Method) Label() string {
	switch m {
	case MethodWritten:
		return "書面（自署）"
	case MethodScribe:
		return "書面（代筆）"
	case MethodOral:
		return "口頭"
	case MethodSignature:
		return "画面への署名"
	case MethodPhone:
		return "電話"
	}
	return ""
}

// Label is the Japanese name of the grantor.
func (g Grantor) Label() string {
	switch g {
	case GrantorSelf:
		return "本人"
	case GrantorParent:
		return "親権者・未成年後見人"
	case GrantorGuardian:
		return "成年後見人・保佐人・補助人"
	case GrantorOther:
		return "その他代理"
	}
	return ""
}

// only drops the parts that do not belong to the method and the grantor of the record.
func (d Details) only(m Method, g Grantor) Details {
	if m != MethodOral {
		d.Oral = nil
	}
	if m != MethodPhone {
		d.Phone = nil
	}
	if m != MethodScribe {
		d.Scribe = nil
	}
	if g == GrantorSelf || g == "" {
		d.Agent = nil
	}
	return d
}
