package store

import (
	"kasane/internal/archive"
	"kasane/internal/cases"
	"kasane/internal/community"
	"kasane/internal/consent"
	"kasane/internal/copies"
	"kasane/internal/desk"
	"kasane/internal/figures"
	"kasane/internal/files"
	"kasane/internal/firstrun"
	"kasane/internal/forms"
	"kasane/internal/gaiji"
	"kasane/internal/handouts"
	"kasane/internal/identity"
	"kasane/internal/imports"
	"kasane/internal/intake"
	"kasane/internal/jobs"
	"kasane/internal/joining"
	"kasane/internal/live"
	"kasane/internal/meeting"
	"kasane/internal/notice"
	"kasane/internal/outreach"
	"kasane/internal/oversight"
	"kasane/internal/plans"
	"kasane/internal/reviews"
)

// What the domain packages ask for, held by the compiler.
var (
	_ live.Store         = (*Store)(nil)
	_ cases.Store        = (*Store)(nil)
	_ cases.GateStore    = (*Store)(nil)
	_ consent.Store      = (*Store)(nil)
	_ desk.Store         = (*Store)(nil)
	_ identity.Store     = (*Store)(nil)
	_ files.Store        = (*Store)(nil)
	_ files.Vaults       = (*Store)(nil)
	_ files.TownKeyStore = (*Store)(nil)
	_ handouts.Store     = (*Store)(nil)
	_ reviews.Store      = (*Store)(nil)
	_ outreach.Store     = (*Store)(nil)
	_ plans.Store        = (*Store)(nil)
	_ meeting.Store      = (*Store)(nil)
	_ archive.Store      = (*Store)(nil)
	_ copies.Store       = (*Store)(nil)
	_ oversight.Store    = (*Store)(nil)
	_ forms.Store        = (*Store)(nil)
	_ gaiji.Store        = (*Store)(nil)
	_ community.Store    = (*Store)(nil)
	_ intake.Store       = (*Store)(nil)
	_ figures.TallyStore = (*Store)(nil)
	_ live.Store         = (*Store)(nil)
	_ cases.Store        = (*Store)(nil)
	_ cases.GateStore    = (*Store)(nil)
	_ consent.Store      = (*Store)(nil)
	_ desk.Store         = (*Store)(nil)
	_ identity.Store     = (*Store)(nil)
	_ files.Store        = (*Store)(nil)
	_ files.Vaults       = (*Store)(nil)
	_ handouts.Store     = (*Store)(nil)
	_ outreach.Store     = (*Store)(nil)
	_ plans.Store        = (*Store)(nil)
	_ meeting.Store      = (*Store)(nil)
	_ archive.Store      = (*Store)(nil)
	_ copies.Store       = (*Store)(nil)
	_ oversight.Store    = (*Store)(nil)
	_ forms.Store        = (*Store)(nil)
	_ gaiji.Store        = (*Store)(nil)
	_ community.Store    = (*Store)(nil)
	_ intake.Store       = (*Store)(nil)
	_ notice.Store       = (*Store)(nil)
	_ joining.Store      = (*Store)(nil)
	_ imports.Store      = (*Store)(nil)
	_ jobs.Store         = (*Store)(nil)
	_ firstrun.Store     = (*Store)(nil)
)
