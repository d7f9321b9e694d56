package cases

import "time"

// End (終結の記録) says how a case was told as ended: who comes after (終結後の主担当), or why nobody had accepted that.
type End struct {
	ID     string    `json:"id"`
	Tenant string    `json:"-"`
	CaseID string    `json:"-"`
	At     time.Time `json:"at"`
	By     string    `json:"-"`
	ByName string    `json:"byName"`
	LeadID string    `json:"leadId"` // agency that had accepted to be 終結後の主担当; "" none
	Reason string    `json:"reason"` // why it ended without one
}

// Ending is what stands about 終結 of a case: whether it ever had a plan, which agency has accepted to be 終結後の主担当 since the case was last
// told as ended and is still of the case, and that last end.
type Ending struct {
	Planned bool
	// Agreed: there is an agreed plan. Evaluated: the newest one has an 評価 whose result is 終結, and support has not begun anew since.
	Agreed    bool
	Evaluated bool
	LeadID    string
	LeadName  string
	Last      *End
}
