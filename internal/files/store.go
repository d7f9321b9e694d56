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

// PurposeHandout: a paper of a meeting (資料); package handouts says who reads it.
const PurposeHandout Purpose = "handout"

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

// Vault is what changing the keys needs: the sealed bytes of every file, whoever may read it. No file is shown to anybody by it.
type Vault interface {
	// SealedAfter returns up to limit files that follow a place in the order of municipality and id, each with the first bytes of what is sealed.
	SealedAfter(ctx context.Context, after Place, limit int) ([]Sealed, error)
	// Sealed returns the sealed bytes of a file; fault.NotFound.
	Sealed(ctx context.Context, p Place) ([]byte, error)
	// Reseal puts sealed bytes in the place of others, with an audit entry; false when they are not those any more, and nothing happens.
	Reseal(ctx context.Context, p Place, was, now []byte, e access.Entry) (bool, error)
}

// Place is where a file lies.
type Place struct{ Tenant, ID string }

// Sealed is a file with the head of its sealed bytes.
type Sealed struct {
	File File
	Head []byte // at least five bytes, where there are so many (SealedBy)
}

// SecretVault is Vault for the small secrets that are sealed with the same keys (SealSecret).
type SecretVault interface {
	// SecretsAfter returns up to limit secrets that follow a place in the order of municipality and id.
	SecretsAfter(ctx context.Context, after Place, limit int) ([]Secret, error)
	// ResealSecret is Vault.Reseal for a secret.
	ResealSecret(ctx context.Context, p Place, was, now []byte, e access.Entry) (bool, error)
}

// Secret is a sealed secret and the place it is bound to.
type Secret struct {
	Place  Place
	Bound  string
	Sealed []byte
}
