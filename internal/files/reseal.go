package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"kasane/internal/access"
)

// resealBatch is how many files are listed at once; each is sealed again by itself.
const resealBatch = 100

// Census tells how many files each key has sealed.
type Census struct {
	By      map[KeyID]int
	Unnamed int // sealed before keys had names
}

// Count looks at every file.
func Count(ctx context.Context, v Vault) (Census, error) {
	c := Census{By: map[KeyID]int{}}
	err := each(ctx, v, func(s Sealed) error {
		if id, named := SealedBy(s.Head); named {
			c.By[id]++
		} else {
			c.Unnamed++
		}
		return nil
	})
	return c, err
}

// Reseal opens every file that the newest key has not sealed, holds it against its hash and seals it with the newest key. It may run beside servers, and
// again after it was stopped. A file that does not open stays as it is and is told to broken; the others go on.
func Reseal(ctx context.Context, v Vault, r Ring, now func() time.Time, broken func(File, error)) (done int, err error) {
	newest := r.keys[0].id
	err = each(ctx, v, func(s Sealed) error {
		if id, named := SealedBy(s.Head); named && id == newest {
			return nil
		}
		place := Place{s.File.Tenant, s.File.ID}
		was, err := v.Sealed(ctx, place)
		if err != nil {
			return err
		}
		plain, err := r.open(s.File, was)
		if sum := sha256.Sum256(plain); err == nil && hex.EncodeToString(sum[:]) != s.File.SHA256 {
			err = fmt.Errorf("files: hash of %s differs", s.File.ID)
		}
		if err != nil {
			broken(s.File, err)
			return nil
		}
		e := access.System(place.Tenant).Audit(now(), access.VerbFileReseal, s.File.ID).InCase(s.File.CaseID)
		e.Hash, e.Reason = s.File.SHA256, newest.String()
		sealed := r.seal(s.File, plain)
		if again, err := r.open(s.File, sealed); err != nil || !bytes.Equal(again, plain) {
			return fmt.Errorf("files: %s would not open again: %w", s.File.ID, err)
		}
		ok, err := v.Reseal(ctx, place, was, sealed, e)
		if ok {
			done++
		}
		return err
	})
	return done, err
}

func each(ctx context.Context, v Vault, visit func(Sealed) error) error {
	var after Place
	for {
		list, err := v.SealedAfter(ctx, after, resealBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, s := range list {
			if err := visit(s); err != nil {
				return err
			}
			after = Place{s.File.Tenant, s.File.ID}
		}
	}
}
