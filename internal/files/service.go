package files

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/text"
)

// MaxSize of a file in bytes.
const MaxSize = 20 << 20

// Service stores and hands out evidence.
type Service struct {
	store Store
	keys  Keys
	now   func() time.Time
	room  func(ctx context.Context, tenant, caseID string, size int64) error // nil: there is always room
}

// LimitBy has room asked whether a file of a case may come, before it is taken (上限).
func (s *Service) LimitBy(room func(ctx context.Context, tenant, caseID string, size int64) error) *Service {
	s.room = room
	return s
}

// New makes the service.
func New(store Store, keys Keys, now func() time.Time) *Service {
	return &Service{store: store, keys: keys, now: now}
}

// DraftKeys are the keys (32 bytes each) under which the browser of a user keeps what it could not send yet: it seals with the first and opens with
// any, for there is one for each file key, newest first. They are the same on every node and in every session of that user, others for everybody else.
// Nothing of the file keys can be told from them.
func (s *Service) DraftKeys(ctx context.Context, a access.Actor) ([][]byte, error) {
	ring, err := s.keys.RingOf(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(ring.keys))
	for i, k := range ring.keys {
		out[i] = draw(draw(k.key, "kasane drawn keys 1"), "draft", a.Tenant, a.UserID)
	}
	return out, nil
}

// draw makes a key from a key and the words that name its purpose.
func draw(key []byte, words ...string) []byte {
	m := hmac.New(sha256.New, key)
	for _, w := range words {
		m.Write(binary.BigEndian.AppendUint32(nil, uint32(len(w))))
		m.Write([]byte(w))
	}
	return m.Sum(nil)
}

// Upload is what arrives. Type is what the client claims; it is not looked at.
type Upload struct {
	CaseID  string
	Purpose Purpose
	Name    string
	Bytes   []byte
}

// Put stores a file of a case. Invalid: not a PDF, PNG or JPEG, or an unwritable name. TooLarge: over MaxSize. NotFound: no such case.
func (s *Service) Put(ctx context.Context, a access.Actor, u Upload) (File, error) {
	if err := access.Require(a, access.ActConsentRecord); err != nil {
		return File{}, err
	}
	if u.Purpose != PurposeEvidence {
		return File{}, fault.New(fault.Invalid, "ファイルの用途が正しくありません。").On("purpose")
	}
	f, sealed, err := s.Receive(ctx, a, u)
	if err != nil {
		return File{}, err
	}
	e := a.Audit(f.CreatedAt, access.VerbFilePut, f.ID).InCase(f.CaseID)
	e.Hash = f.SHA256
	return f, s.store.PutFile(ctx, f, sealed, e)
}

// Receive looks at what arrives, recognises it and seals it; the caller stores it and has asked who sends it.
func (s *Service) Receive(ctx context.Context, a access.Actor, u Upload) (File, []byte, error) {
	if u.CaseID == "" {
		return File{}, nil, fault.New(fault.Invalid, "ケースを選んでください。").On("caseId")
	}
	if err := text.Line("file", "ファイル名", u.Name, 200); err != nil {
		return File{}, nil, err
	}
	if strings.TrimSpace(u.Name) == "" {
		return File{}, nil, fault.New(fault.Invalid, "ファイル名がありません。").On("file")
	}
	if len(u.Bytes) > MaxSize {
		return File{}, nil, TooLarge()
	}
	kind := sniff(u.Bytes)
	if kind == "" {
		return File{}, nil, fault.New(fault.Invalid, "PDF・PNG・JPEGのファイルを選んでください。ほかの形式や壊れたファイルは登録できません。").On("file")
	}
	if s.room != nil {
		if err := s.room(ctx, a.Tenant, u.CaseID, int64(len(u.Bytes))); err != nil {
			return File{}, nil, err
		}
	}
	ring, err := s.keys.RingOf(ctx, a.Tenant)
	if err != nil {
		return File{}, nil, err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	sum := sha256.Sum256(u.Bytes)
	f := File{ID: access.NewID(now), Tenant: a.Tenant, CaseID: u.CaseID, Purpose: u.Purpose, Name: u.Name, Type: kind,
		Size: int64(len(u.Bytes)), SHA256: hex.EncodeToString(sum[:]), CreatedBy: a.UserID, CreatedAt: now}
	return f, ring.seal(f, u.Bytes), nil
}

// Open opens what Receive sealed and holds it against its hash. Internal: somebody changed the database or lost the key.
func (s *Service) Open(ctx context.Context, f File, sealed []byte) ([]byte, error) {
	ring, err := s.keys.RingOf(ctx, f.Tenant)
	if err != nil {
		return nil, err
	}
	plain, err := ring.open(f, sealed)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "")
	}
	if sum := sha256.Sum256(plain); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, fault.New(fault.Internal, "hash of a file differs")
	}
	return plain, nil
}

// Meta tells what is known about a file the actor may read; NotFound otherwise.
func (s *Service) Meta(ctx context.Context, a access.Actor, id string) (File, error) {
	if err := access.Require(a, access.ActFileRead); err != nil {
		return File{}, err
	}
	return s.store.FileMeta(ctx, access.ScopeOf(a), id)
}

// Get opens a file for download; its audit entry is written before the bytes leave. NotFound: none the actor may read.
// A blob that does not open, or whose hash differs, is Internal: somebody changed the database or lost the key.
func (s *Service) Get(ctx context.Context, a access.Actor, id string) (File, []byte, error) {
	f, err := s.Meta(ctx, a, id)
	if err != nil {
		return File{}, nil, err
	}
	e := a.Audit(s.now(), access.VerbFileGet, f.ID).InCase(f.CaseID)
	e.Hash = f.SHA256
	sealed, err := s.store.FileBytes(ctx, access.ScopeOf(a), id, e)
	if err != nil {
		return File{}, nil, err
	}
	plain, err := s.Open(ctx, f, sealed)
	if err != nil {
		return File{}, nil, err
	}
	return f, plain, nil
}

// TooLarge is the refusal of a file over MaxSize, also used where the body is cut while it arrives.
func TooLarge() error {
	return fault.Newf(fault.TooLarge, "ファイルは%dMBまでです。解像度を下げるか、ページを分けてください。", MaxSize>>20).On("file")
}
