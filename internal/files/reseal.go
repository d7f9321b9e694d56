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

// Vaults hold all that the keys have sealed.
type Vaults interface {
	Vault
	SecretVault
}

// Census tells how many files each key has sealed, and how many secrets.
type Census struct {
	By      map[KeyID]int
	Secrets map[KeyID]int
	Unnamed int // sealed before keys had names
}

// Count looks at every file and secret.
func Count(ctx context.Context, v Vaults) (Census, error) {
	c := Census{By: map[KeyID]int{}, Secrets: map[KeyID]int{}}
	err := each(ctx, v, func(s Sealed) error {
		if id, named := SealedBy(s.Head); named {
			c.By[id]++
		} else {
			c.Unnamed++
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	return c, eachSecret(ctx, v, func(s Secret) error {
		id, _ := SealedBy(s.Sealed)
		c.Secrets[id]++
		return nil
	})
}

// ResealSecrets is Reseal for secrets; one that does not open is told to broken by its id.
func ResealSecrets(ctx context.Context, v SecretVault, r Ring, now func() time.Time, broken func(id string, err error)) (done int, err error) {
	newest := r.keys[0].id
	err = eachSecret(ctx, v, func(s Secret) error {
		if id, _ := SealedBy(s.Sealed); id == newest {
			return nil
		}
		plain, err := r.OpenSecret(s.Bound, s.Sealed)
		if err != nil {
			broken(s.Place.ID, err)
			return nil
		}
		e := access.System(s.Place.Tenant).Audit(now(), access.VerbFileReseal, s.Place.ID)
		e.Reason = newest.String()
		ok, err := v.ResealSecret(ctx, s.Place, s.Sealed, r.SealSecret(s.Bound, plain), e)
		if ok {
			done++
		}
		return err
	})
	return done, err
}

func eachSecret(ctx context.Context, v SecretVault, visit func(Secret) error) error {
	var after Place
	for {
		list, err := v.SecretsAfter(ctx, after, resealBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, s := range list {
			if err := visit(s); err != nil {
				return err
			}
			after = s.Place
		}
	}
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
