package files

import (
	"context"
	"time"

	"kasane/internal/access"
)

// File (証憑) is an uploaded sheet: what is known about it without its bytes.
type File struct {
	ID        string    `json:"id"`
	Tenant    string    `json:"-"`
	CaseID    string    `json:"caseId"`
	Purpose   Purpose   `json:"purpose"`
	Name      string    `json:"name"`   // as uploaded, never normalised; for display and the download's file name only
	Type      string    `json:"type"`   // recognised by content, never what the client claimed
	Size      int64     `json:"size"`   // bytes of the plain file
	SHA256    string    `json:"sha256"` // lower hex, of the plain file
	CreatedBy string    `json:"createdBy"`
	CreatedAt time.Time `json:"createdAt"`
}

// Purpose says what a file is for.
type Purpose string

// PurposeEvidence: a signed consent sheet (同意書の写し).
const PurposeEvidence Purpose = "evidence"

// Store keeps files. The bytes it gets are sealed (encrypted) already and opaque to it; they lie in the database, because
// the nodes of an installation share no disk. Up to 20 MiB + 64 bytes each.
type Store interface {
	// PutFile inserts metadata, sealed bytes and the audit entry in one transaction; no such case in the municipality → fault.NotFound.
	PutFile(ctx context.Context, f File, sealed []byte, e access.Entry) error
	// FileMeta returns the metadata. Visible to Scope.All and Scope.Archive of the file's municipality only; otherwise fault.NotFound.
	FileMeta(ctx context.Context, s access.Scope, id string) (File, error)
	// FileBytes returns the sealed bytes and writes the audit entry in the same transaction; visibility as FileMeta.
	FileBytes(ctx context.Context, s access.Scope, id string, e access.Entry) ([]byte, error)
}
