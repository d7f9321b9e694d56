package consent

import "time"

// Facts are everything the gate looks at besides the records themselves. Whoever asks gathers them in one moment.
type Facts struct {
	Barred        bool // 利害関係者の閲覧遮断: this person is kept from the case, whatever their role
	Guest         bool // came through a guest link: sees only while the meeting runs, and only after confirming secrecy
	Holder        bool // 多機関協働担当・市所管課 of this case: they hold the record
	Member        bool // the actor's agency is a current member of the case (or was invited to this meeting)
	Mode          Mode // legal mode of the meeting in whose context it is read
	MeetingOpen   bool // 受付 … 閉会: information is shown only while the meeting runs
	Confirmed     bool // 守秘義務確認: the actor confirmed the duty of secrecy in this meeting
	Designated    bool // 構成員, or 構成員外 designated before anything was shown
	AddressSecret bool // 住所秘匿 of the person: ItemAddress reaches holders only, whatever the mode
	Withheld      bool // 特定機関に非開示 for this agency: wins over everything but Holder
	// Emergencies (緊急開示) stand in for consent while they hold.
	Emergencies []Emergency
	// Glass: an administrator reads the case by 緊急時の閲覧 at this moment.
	Glass bool
}

// Question is what is asked: may this agency receive this item of these persons for this purpose now?
type Question struct {
	Persons  []string // one person; for a household document every subject of the case
	AgencyID string
	Item     Item
	Purpose  Purpose
	At       time.Time
}

// Decision is the gate's answer with its ground.
type Decision struct {
	Allow  bool
	Reason Reason
	Record string // number of the record that covers it, when Reason is ReasonConsent
}
