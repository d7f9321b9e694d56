package gaiji

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/pdf"
)

// maxLetters bounds the list of a municipality; a big city's family register has a few hundred.
const maxLetters = 1000

// Faces tells what the faces alone can print; pdf.Engine is it.
type Faces interface {
	Prints(text string) (bool, error)
}

// Service keeps the list and gives it to papers. It is safe for concurrent use.
type Service struct {
	store Store
	faces Faces
	now   func() time.Time

	mu   sync.Mutex
	made map[string]set // by municipality
}

type set struct {
	stamp    string
	drawings *pdf.Drawings
}

// NewService makes the service.
func NewService(st Store, f Faces, now func() time.Time) *Service {
	return &Service{store: st, faces: f, now: now, made: map[string]set{}}
}

// List gives all letters.
func (s *Service) List(ctx context.Context, actor access.Actor) ([]Letter, error) {
	if err := access.Require(actor, access.ActGaijiRead); err != nil {
		return nil, err
	}
	list, err := s.store.Gaiji(ctx, actor.Tenant)
	if err != nil {
		return nil, fmt.Errorf("gaiji: %w", err)
	}
	return list, nil
}

// Save registers a letter, or changes the one with the id.
func (s *Service) Save(ctx context.Context, actor access.Actor, id string, in Input) (Letter, error) {
	if err := access.Require(actor, access.ActGaijiKeep); err != nil {
		return Letter{}, err
	}
	if err := in.check(); err != nil {
		return Letter{}, err
	}
	list, err := s.store.Gaiji(ctx, actor.Tenant)
	if err != nil {
		return Letter{}, fmt.Errorf("gaiji: %w", err)
	}
	old, err := before(list, id, in)
	if err != nil {
		return Letter{}, err
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	l := Letter{ID: id, Text: in.Text, Kind: in.Kind, Code: in.Code, Reading: in.Reading, Note: in.Note, Picture: old.Picture, Retired: in.Retired,
		N: old.N + 1, At: now, By: actor.UserID, ByName: actor.Name}
	if id == "" {
		l.ID = access.NewID(now)
	}
	if in.Text != old.Text {
		if err := s.needed(in.Text); err != nil {
			return Letter{}, err
		}
	}
	if len(in.Picture) > 0 {
		if l.Picture, err = Picture(in.Picture); err != nil {
			return Letter{}, err
		}
	}
	if len(l.Picture) == 0 {
		return Letter{}, fault.New(fault.Invalid, "字の形の画像（PNG）を選んでください。").On("picture")
	}
	e := actor.Audit(now, access.VerbGaijiSave, l.ID)
	e.Hash = digest(l.Picture)
	if err := s.store.SaveGaiji(ctx, actor.Tenant, l, e); err != nil {
		return Letter{}, fmt.Errorf("gaiji: %w", err)
	}
	return l, nil
}

// before is the letter that is changed, the zero Letter for a new one.
func before(list []Letter, id string, in Input) (Letter, error) {
	old := Letter{}
	if id != "" {
		i := slices.IndexFunc(list, func(l Letter) bool { return l.ID == id })
		if i < 0 {
			return old, fault.New(fault.NotFound, "")
		}
		if old = list[i]; old.N != in.N {
			return Letter{}, fault.New(fault.Conflict, "ほかの人がこの外字を変更しました。一覧を読み込み直してから、もう一度直してください。")
		}
	}
	if i := slices.IndexFunc(list, func(l Letter) bool { return l.Text == in.Text && l.ID != id }); i >= 0 {
		return Letter{}, fault.Newf(fault.Conflict, "この文字は、すでに外字（%s）として登録されています。一覧から選んで直してください。", list[i].Code).On("text")
	}
	if id == "" && len(list) >= maxLetters {
		return Letter{}, fault.Newf(fault.Conflict, "外字は%d字まで登録できます。", maxLetters)
	}
	return old, nil
}

// needed refuses letters that the faces print as they are.
func (s *Service) needed(text string) error {
	prints, err := s.faces.Prints(text)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "")
	}
	if prints {
		return fault.New(fault.Invalid, "この文字は、そのまま印字できます。外字の登録は要りません。").On("text")
	}
	return nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Drawings gives the letters in use of a municipality, ready for papers; nil when there are none. They are made once and kept until one changes.
func (s *Service) Drawings(ctx context.Context, tenant string) (*pdf.Drawings, error) {
	stamp, err := s.store.GaijiStamp(ctx, tenant)
	if err != nil || stamp == "" {
		return nil, err
	}
	s.mu.Lock()
	have, ok := s.made[tenant]
	s.mu.Unlock()
	if ok && have.stamp == stamp {
		return have.drawings, nil
	}
	list, err := s.store.Gaiji(ctx, tenant)
	if err != nil {
		return nil, err
	}
	var out []pdf.Drawing
	for _, l := range list {
		if l.Retired {
			continue
		}
		d, err := l.drawing()
		if err != nil {
			return nil, fmt.Errorf("gaiji %s: %w", l.ID, err)
		}
		out = append(out, d)
	}
	made, err := pdf.NewDrawings(out)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.made[tenant] = set{stamp, made}
	s.mu.Unlock()
	return made, nil
}
