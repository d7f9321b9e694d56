package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"

	"kasane/internal/fault"
)

// argon2id parameters of every new hash (the second choice of the OWASP list: 19 MiB, two passes, one lane). A stored hash
// carries its own, so raising these leaves old passwords valid.
const (
	argonMemoryKiB = 19 * 1024
	argonTime      = 2
	argonLanes     = 1
	argonSaltLen   = 16
	argonKeyLen    = 32
)

// hashPrefix is the PHC head of a hash with today's parameters.
var hashPrefix = fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemoryKiB, argonTime, argonLanes)

// hasher makes and checks argon2id hashes. A hash costs 19 MiB and a core for some tens of milliseconds, so only as many run
// at once as there are cores: a flood of sign-ins waits in line instead of taking memory.
type hasher struct {
	slots *semaphore.Weighted
	dummy string // compared against when there is no account, so that both cases cost the same
}

func newHasher() *hasher {
	h := &hasher{slots: semaphore.NewWeighted(int64(runtime.NumCPU()))}
	salt := make([]byte, argonSaltLen)
	_, _ = rand.Read(salt)
	// A key nobody can hit: random bytes that are the hash of no known password.
	key := make([]byte, argonKeyLen)
	_, _ = rand.Read(key)
	h.dummy = phc(salt, key)
	return h
}

func phc(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return hashPrefix + b64.EncodeToString(salt) + "$" + b64.EncodeToString(key)
}

// hash makes a PHC string; it waits for a free slot and fails only when ctx ends.
func (h *hasher) hash(ctx context.Context, secret string) (string, error) {
	salt := make([]byte, argonSaltLen)
	_, _ = rand.Read(salt)
	key, err := h.derive(ctx, secret, salt, argonTime, argonMemoryKiB, argonLanes, argonKeyLen)
	if err != nil {
		return "", err
	}
	return phc(salt, key), nil
}

// verify compares in constant time; an empty or unreadable hash never matches and costs the same.
func (h *hasher) verify(ctx context.Context, encoded, secret string) (bool, error) {
	p, readable := parsePHC(encoded)
	if !readable {
		p, _ = parsePHC(h.dummy)
	}
	key, err := h.derive(ctx, secret, p.salt, p.time, p.memory, p.lanes, uint32(len(p.key)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, p.key) == 1 && readable, nil
}

func (h *hasher) derive(ctx context.Context, secret string, salt []byte, time, memory uint32, lanes uint8, n uint32) ([]byte, error) {
	if err := h.slots.Acquire(ctx, 1); err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "混み合っています。少し待ってもう一度お試しください。")
	}
	defer h.slots.Release(1)
	return argon2.IDKey([]byte(secret), salt, time, memory, lanes, n), nil
}

type phcParts struct {
	memory, time uint32
	lanes        uint8
	salt, key    []byte
}

// parsePHC reads `$argon2id$v=19$m=…,t=…,p=…$salt$key`. Bounds keep a damaged row from asking for gigabytes.
func parsePHC(s string) (phcParts, bool) {
	f := strings.Split(s, "$")
	if len(f) != 6 || f[0] != "" || f[1] != "argon2id" || f[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phcParts{}, false
	}
	var p phcParts
	if n, err := fmt.Sscanf(f[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.lanes); err != nil || n != 3 {
		return phcParts{}, false
	}
	var err1, err2 error
	p.salt, err1 = base64.RawStdEncoding.DecodeString(f[4])
	p.key, err2 = base64.RawStdEncoding.DecodeString(f[5])
	sane := p.memory <= 256*1024 && p.memory >= 8 && p.time >= 1 && p.time <= 16 && p.lanes >= 1 && p.lanes <= 16 &&
		len(p.salt) >= 8 && len(p.key) >= 16 && len(p.key) <= 64
	return p, err1 == nil && err2 == nil && sane
}
