package files

import (
	"context"
	"crypto/rand"
	"time"

	"kasane/internal/access"
	"kasane/internal/fault"
)

// What a key of a municipality is for.
const (
	KeyOfFiles = "files" // evidence, secrets of second factors, unsent words in browsers
	KeyOfWords = "words" // marks of words that were searched for
)

// TownKey (市町村の鍵) is a key of one municipality, sealed with the newest key of the installation, or an older one.
type TownKey struct {
	Tenant, ID string
	Purpose    string
	Wrapped    []byte
	MadeAt     time.Time
}

// bound is the place a key opens in.
func (k TownKey) bound() string {
	return "municipality key\x00" + k.Tenant + "\x00" + k.ID + "\x00" + k.Purpose
}

// TownKeyStore keeps the keys of the municipalities.
type TownKeyStore interface {
	// TownKeys returns those of a municipality, newest first.
	TownKeys(ctx context.Context, tenant string) ([]TownKey, error)
	// AddTownKey keeps one more. alone: only where there is none of its purpose yet; else nothing happens. No such municipality → fault.NotFound.
	AddTownKey(ctx context.Context, k TownKey, alone bool, e access.Entry) error
	// RewrapTownKey puts sealed bytes in the place of others; false when they are not those any more.
	RewrapTownKey(ctx context.Context, was TownKey, wrapped []byte, e access.Entry) (bool, error)
	// DropTownKeys destroys keys.
	DropTownKeys(ctx context.Context, tenant string, ids []string, e access.Entry) error
}

// Keys find the keys of a municipality's files: the first seals, all of them open.
type Keys interface {
	RingOf(ctx context.Context, tenant string) (Ring, error)
}

// RingOf makes a ring serve every municipality alike.
func (r Ring) RingOf(context.Context, string) (Ring, error) { return r, nil }

// Towns holds the keys of the municipalities with those of the installation (封筒暗号): what is sealed is under a key of its municipality, and that key is sealed with
// the installation's.
type Towns struct {
	store TownKeyStore
	ring  Ring
	now   func() time.Time
}

// NewTowns takes the ring of the installation.
func NewTowns(store TownKeyStore, ring Ring, now func() time.Time) *Towns {
	return &Towns{store, ring, now}
}

// RingOf implements Keys. The keys of the installation come last: they open what was sealed before municipalities had keys. It makes the first key of a municipality.
func (t *Towns) RingOf(ctx context.Context, tenant string) (Ring, error) {
	own, err := t.plain(ctx, tenant, KeyOfFiles)
	if err == nil && len(own) == 0 {
		if err = t.Add(ctx, tenant, KeyOfFiles, true); err == nil {
			own, err = t.plain(ctx, tenant, KeyOfFiles)
		}
	}
	if err != nil {
		return Ring{}, err
	}
	for _, k := range t.ring.keys {
		own = append(own, k.key)
	}
	return NewRing(own...)
}

// Words is the key that marks words of searches of a municipality; it makes it where there is none.
func (t *Towns) Words(ctx context.Context, tenant string) ([]byte, error) {
	own, err := t.plain(ctx, tenant, KeyOfWords)
	if err == nil && len(own) == 0 {
		if err = t.Add(ctx, tenant, KeyOfWords, true); err == nil {
			own, err = t.plain(ctx, tenant, KeyOfWords)
		}
	}
	if err != nil || len(own) == 0 {
		return nil, err
	}
	return own[len(own)-1], nil // the oldest: a search of years ago is found again
}

// plain are the keys of a purpose, newest first.
func (t *Towns) plain(ctx context.Context, tenant, purpose string) (out [][]byte, err error) {
	list, err := t.store.TownKeys(ctx, tenant)
	if err != nil {
		return nil, err
	}
	for _, k := range list {
		if k.Purpose != purpose {
			continue
		}
		key, err := t.Unwrap(k)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}

// Add makes a key. alone: only where there is none of its purpose.
func (t *Towns) Add(ctx context.Context, tenant, purpose string, alone bool) error {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key)
	now := t.now().UTC().Truncate(time.Microsecond)
	k := TownKey{Tenant: tenant, ID: access.NewID(now), Purpose: purpose, MadeAt: now}
	k.Wrapped = t.Wrap(k, key)
	e := access.System(tenant).Audit(now, access.VerbTownKey, k.ID)
	e.Reason = "made " + purpose
	return t.store.AddTownKey(ctx, k, alone, e)
}

// Wrap seals a key with the newest key of the installation.
func (t *Towns) Wrap(k TownKey, key []byte) []byte { return t.ring.SealSecret(k.bound(), key) }

// Unwrap opens a key.
func (t *Towns) Unwrap(k TownKey) ([]byte, error) {
	key, err := t.ring.OpenSecret(k.bound(), k.Wrapped)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "市町村の鍵が、この設置の鍵では開けません。システムの担当者は、KASANE_FILE_KEY か keys/files.key を確かめてください。")
	}
	return key, nil
}

// Rewrap seals the keys of a municipality with the newest key of the installation and tells how many were not.
func (t *Towns) Rewrap(ctx context.Context, tenant string) (done int, err error) {
	list, err := t.store.TownKeys(ctx, tenant)
	if err != nil {
		return 0, err
	}
	for _, k := range list {
		if id, _ := SealedBy(k.Wrapped); id == t.ring.keys[0].id {
			continue
		}
		key, err := t.Unwrap(k)
		if err != nil {
			return done, err
		}
		e := access.System(tenant).Audit(t.now(), access.VerbTownKey, k.ID)
		e.Reason = "wrapped " + t.ring.keys[0].id.String()
		ok, err := t.store.RewrapTownKey(ctx, k, t.Wrap(k, key), e)
		if err != nil {
			return done, err
		}
		if ok {
			done++
		}
	}
	return done, nil
}

// Older are the keys of a municipality's files that are not the newest, by the name of the key they are.
func (t *Towns) Older(ctx context.Context, tenant string) (newest KeyID, older map[KeyID]string, err error) {
	list, err := t.store.TownKeys(ctx, tenant)
	older = map[KeyID]string{}
	for _, k := range list {
		if k.Purpose != KeyOfFiles || err != nil {
			continue
		}
		var key []byte
		if key, err = t.Unwrap(k); err != nil {
			continue
		}
		id := idOf(key)
		if newest == (KeyID{}) {
			newest = id
			continue
		}
		older[id] = k.ID
	}
	return newest, older, err
}
