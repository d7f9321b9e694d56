package notice

import "errors"

// What a sender may say, for tests.
var (
	Later    = &failure{why: whyLater, code: 451, err: errors.New("later")}
	Setup    = &failure{why: whySetup, code: 535, err: errors.New("setup")}
	Refused  = &failure{why: whyRefused, code: 550, err: errors.New("refused")}
	Rejected = &failure{why: whyRejected, code: 554, err: errors.New("rejected")}
	Unsure   = &failure{why: whyUnsure, err: errors.New("unsure")}
)
