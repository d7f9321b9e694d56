package store

import (
	"kasane/internal/cases"
	"kasane/internal/consent"
	"kasane/internal/files"
	"kasane/internal/identity"
	"kasane/internal/live"
)

// What the domain packages ask for, held by the compiler.
var (
	_ live.Store      = (*Store)(nil)
	_ cases.Store     = (*Store)(nil)
	_ cases.GateStore = (*Store)(nil)
	_ consent.Store   = (*Store)(nil)
	_ identity.Store  = (*Store)(nil)
	_ files.Store     = (*Store)(nil)
)
