package imports

import (
	"context"
	"time"

	"kasane/internal/access"
	"kasane/internal/cases"
	"kasane/internal/intake"
)

// NewCase is one row on its way into the store. The store gives the ケースID.
type NewCase struct {
	Row     int
	Mark    string // by which the row is known again
	Case    cases.Case
	Persons []cases.Person
	Members []cases.Member
	Docs    []intake.NewDoc
	End     *cases.End
	Entry   access.Entry
}

// Memory (前回の対応) is how a municipality took its columns and words the last time.
type Memory struct {
	Columns map[string]string            `json:"columns"` // folded heading → field
	Words   map[string]map[string]string `json:"words"`   // field → word → code
}

// Undoing (取消) is the order to take an import back.
type Undoing struct {
	Scope  access.Scope
	ID     string
	ByName string
	At     time.Time
	Each   func(caseID string) access.Entry // the entry of each case that goes
}

// Store keeps the imports.
type Store interface {
	// AddImport writes a batch with all its cases, gives each its number, in order, and keeps the memory, all in one transaction. When the id of the batch is taken, nothing
	// is written and the batch that has it is returned with made false. Conflict when a row was taken in meanwhile.
	AddImport(ctx context.Context, b Batch, list []NewCase, m Memory, e access.Entry) (out Batch, made bool, err error)
	// AddToImport adds further cases to a batch. Conflict when a row was taken in meanwhile, or the batch was taken back.
	AddToImport(ctx context.Context, tenant, id string, list []NewCase) (Batch, error)
	// Imports lists the batches of the scope, newest first. Only a scope that holds the record has any.
	Imports(ctx context.Context, s access.Scope) ([]Batch, error)
	// ImportMarks tells which of the marks are taken.
	ImportMarks(ctx context.Context, tenant string, marks []string) (map[string]bool, error)
	ImportMemory(ctx context.Context, tenant string) (Memory, error)
	// UndoImport takes away what a batch made and nobody has worked on. NotFound outside the scope; Conflict when the batch was taken back whole before.
	UndoImport(ctx context.Context, o Undoing, e access.Entry) (Undone, error)

	// ListAgencies lists all agencies of the municipality.
	ListAgencies(ctx context.Context, tenant string) ([]access.Agency, error)
	// AppendAudit writes entries of reads, in a transaction of their own.
	AppendAudit(ctx context.Context, entries ...access.Entry) error
}

// Likeness looks for 似た相談. *intake.Service is it.
type Likeness interface {
	Likely(ctx context.Context, actor access.Actor, wanted []intake.Wanted) ([][]intake.Similar, error)
}
