package files

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
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
	Towns   map[string]map[KeyID]int // files and secrets, by municipality
	By      map[KeyID]int
	Secrets map[KeyID]int
	Unnamed int // sealed before keys had names
}

// Count looks at every file and secret.
func Count(ctx context.Context, v Vaults) (Census, error) {
	c := Census{Towns: map[string]map[KeyID]int{}, By: map[KeyID]int{}, Secrets: map[KeyID]int{}}
	in := func(tenant string, id KeyID) {
		if c.Towns[tenant] == nil {
			c.Towns[tenant] = map[KeyID]int{}
		}
		c.Towns[tenant][id]++
	}
	err := each(ctx, v, func(s Sealed) error {
		if id, named := SealedBy(s.Head); named {
			c.By[id]++
			in(s.File.Tenant, id)
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
		in(s.Place.Tenant, id)
		return nil
	})
}

// ResealSecrets is Reseal for secrets; one that does not open is told to broken by its id.
func ResealSecrets(ctx context.Context, v SecretVault, keys Keys, now func() time.Time, broken func(id string, err error)) (done int, err error) {
	last := lastRing{keys: keys}
	err = eachSecret(ctx, v, func(s Secret) error {
		r, err := last.of(ctx, s.Place.Tenant)
		if err != nil {
			return err
		}
		newest := r.keys[0].id
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

// lastRing remembers the ring of the municipality that was asked for last.
type lastRing struct {
	keys   Keys
	tenant string
	ring   Ring
}

func (l *lastRing) of(ctx context.Context, tenant string) (r Ring, err error) {
	if l.tenant == tenant && len(l.ring.keys) > 0 {
		return l.ring, nil
	}
	l.ring, err = l.keys.RingOf(ctx, tenant)
	l.tenant = tenant
	return l.ring, err
}

// Only gives the files and secrets of one municipality alone.
func Only(v Vaults, tenant string) Vaults { return oneTown{v, tenant} }

type oneTown struct {
	Vaults
	tenant string
}

func (o oneTown) SealedAfter(ctx context.Context, after Place, limit int) ([]Sealed, error) {
	if after.Tenant == "" {
		after.Tenant = o.tenant
	}
	list, err := o.Vaults.SealedAfter(ctx, after, limit)
	return slices.DeleteFunc(list, func(s Sealed) bool { return s.File.Tenant != o.tenant }), err
}

func (o oneTown) SecretsAfter(ctx context.Context, after Place, limit int) ([]Secret, error) {
	if after.Tenant == "" {
		after.Tenant = o.tenant
	}
	list, err := o.Vaults.SecretsAfter(ctx, after, limit)
	return slices.DeleteFunc(list, func(s Secret) bool { return s.Place.Tenant != o.tenant }), err
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
func Reseal(ctx context.Context, v Vault, keys Keys, now func() time.Time, broken func(File, error)) (done int, err error) {
	last := lastRing{keys: keys}
	err = each(ctx, v, func(s Sealed) error {
		r, err := last.of(ctx, s.File.Tenant)
		if err != nil {
			return err
		}
		newest := r.keys[0].id
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
