package copies

import "kasane/internal/fault"

// Why a paper gives no copy of a kind. The table of docs/records.md says the same.
const (
	atTheSheets  = "この写しは、ケースの「帳票」の画面で、様式と機関を選んで作ります。"
	alreadyTheir = "この文書は、はじめから相手の機関に見せてよい内容で作られています。機関別の写しはありません。"
	notTheirs    = "この文書は、機関に渡すものではありません。"
	staffOnly    = "この文書には職員の判断や機関どうしのやりとりが書かれているため、本人交付版を作りません。本人から求めがあったときは、開示請求（個人情報の保護に関する法律第76条）として受け付け、開示用の写しを作ってください。"
	ownForms     = "本人に渡す紙は、「同意」の画面で、ふりがな・やさしい日本語・大きな字の様式を選んで作ります。"
	namesOnly    = "この文書は氏名と署名の一覧で、氏名を除くと研修・事例検討に使える内容が残りません。匿名版は作りません。"
	fixedWords   = "この文書は決まった文面で、日時・場所・宛先を除くと研修・事例検討に使える内容が残りません。匿名版は作りません。"
	ofAnother    = "この文書には本人以外の人の氏名が並ぶため、本人交付版を作りません。会議録の本人交付版を渡してください。"
)

// offers say for each kind of paper which copies it does not give, and why.
var offers = map[PaperKind]map[Kind]string{
	PaperReview:     {},
	PaperPrep:       {KindGiven: staffOnly},
	PaperSheet:      {KindAgency: atTheSheets, KindAnonymous: atTheSheets},
	PaperScreening:  {KindGiven: staffOnly},
	PaperCourse:     {KindGiven: staffOnly},
	PaperNotice:     {KindAgency: alreadyTheir, KindAnonymous: fixedWords},
	PaperAttendance: {KindAgency: notTheirs, KindGiven: ofAnother, KindAnonymous: namesOnly},
	PaperSecrecy:    {KindAgency: notTheirs, KindGiven: ofAnother, KindAnonymous: namesOnly},
	PaperHandover:   {KindAgency: notTheirs, KindGiven: ofAnother, KindAnonymous: namesOnly},
	PaperConsent:    {KindAgency: notTheirs, KindGiven: ownForms, KindAnonymous: namesOnly},
	PaperWithdrawal: {KindAgency: notTheirs, KindGiven: ownForms, KindAnonymous: namesOnly},
	PaperReferral:   {KindAgency: alreadyTheir, KindGiven: staffOnly, KindAnonymous: namesOnly},
}

// refuses says why a paper of a case gives no copy of a kind, nil where it does. Of the sheets those have a 本人交付版 that are plans made with the person.
func (s *Service) refuses(r Ref, k Kind) error {
	reason := offers[r.Kind][k]
	if r.Kind == PaperSheet && k == KindGiven && !s.cabinet.Sheets.GoesToPerson(r.Of) {
		reason = staffOnly
	}
	if reason == "" {
		return nil
	}
	return fault.New(fault.Conflict, reason)
}
