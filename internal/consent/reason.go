package consent

// Reason is a stable code for an answer; its label is for people.
type Reason string

// The reasons.
const (
	ReasonHolder     Reason = "holder"       // 記録の保有者
	ReasonConsent    Reason = "consent"      // 本人同意の範囲内
	ReasonSupport    Reason = "support"      // 支援会議(106条の6)の構成員
	ReasonNotMember  Reason = "not_member"   // 構成員ではない
	ReasonNoConsent  Reason = "no_consent"   // 同意がない(未説明・保留・不同意)
	ReasonScope      Reason = "scope"        // 同意範囲外
	ReasonPurpose    Reason = "purpose"      // 目的が同意の範囲外
	ReasonWithdrawn  Reason = "withdrawn"    // 撤回
	ReasonExpired    Reason = "expired"      // 期限満了
	ReasonNotOpen    Reason = "not_open"     // 会議が開かれていない
	ReasonSecrecy    Reason = "secrecy"      // 守秘義務の確認がまだ
	ReasonUndesignat Reason = "undesignated" // 構成員外の指定がまだ
	ReasonSecret     Reason = "secret"       // 住所秘匿・非開示
	ReasonBarred     Reason = "barred"       // 利害関係者の閲覧遮断
	ReasonEmergency  Reason = "emergency"    // 緊急開示
	ReasonBreakGlass Reason = "break_glass"  // 緊急時の閲覧
	// ReasonNotToPerson: 本人に非開示, on what is made for the person; the gate does not give it to staff.
	ReasonNotToPerson Reason = "not_to_person"
	// ReasonInvalid: the question itself is incomplete (no person, no agency, unknown item or purpose, no time).
	ReasonInvalid Reason = "invalid"
)

// Reasons lists every reason.
func Reasons() []Reason {
	return []Reason{ReasonHolder, ReasonConsent, ReasonSupport, ReasonNotMember, ReasonNoConsent, ReasonScope, ReasonPurpose,
		ReasonWithdrawn, ReasonExpired, ReasonNotOpen, ReasonSecrecy, ReasonUndesignat, ReasonSecret, ReasonBarred, ReasonEmergency, ReasonBreakGlass, ReasonNotToPerson, ReasonInvalid}
}

// Label is what a chip says.
func (r Reason) Label() string {
	switch r {
	case ReasonHolder:
		return "記録の保有者"
	case ReasonConsent:
		return "同意の範囲内"
	case ReasonSupport:
		return "支援会議の構成員"
	case ReasonNotMember:
		return "構成員ではありません"
	case ReasonNoConsent:
		return "同意がありません"
	case ReasonScope:
		return "同意範囲外"
	case ReasonPurpose:
		return "同意の目的の範囲外"
	case ReasonWithdrawn:
		return "同意の撤回"
	case ReasonExpired:
		return "同意の期限満了"
	case ReasonNotOpen:
		return "会議が開かれていません"
	case ReasonSecrecy:
		return "守秘義務の確認がまだです"
	case ReasonUndesignat:
		return "構成員外の指定がまだです"
	case ReasonSecret:
		return "秘匿・非開示"
	case ReasonBarred:
		return "閲覧できません"
	case ReasonEmergency:
		return "緊急開示"
	case ReasonBreakGlass:
		return "緊急時の閲覧"
	case ReasonNotToPerson:
		return "本人に非開示"
	case ReasonInvalid:
		return "確認できません"
	}
	return ""
}
