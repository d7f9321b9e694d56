package store

import "kasane/internal/live"

// What the domain packages ask for, held by the compiler.
var (
	_ live.Store = (*Store)(nil)
)
