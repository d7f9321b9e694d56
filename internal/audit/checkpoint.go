package audit

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Checkpoint (監査ログの到達点) is the head of a log at a moment, signed by the installation and chained to the checkpoint before.
type Checkpoint struct {
	Size int64
	Root Hash
	At   time.Time
	Prev Hash   // Digest of the checkpoint before; zero for the first
	Key  string // KeyID of who signed; "" while unsigned
	Sig  []byte
}

// statement is what a signature speaks of: everything but itself, and whose log it is.
func (c Checkpoint) statement(tenant string) []byte {
	return fmt.Appendf(nil, "kasane-checkpoint-1\n%q\n%d\n%s\n%d\n%s\n%s\n", tenant, c.Size, c.Root, c.At.UnixMicro(), c.Prev, c.Key)
}

// Digest is what the next checkpoint names as Prev: the statement with its signature.
func (c Checkpoint) Digest(tenant string) Hash {
	return sha256.Sum256(append(c.statement(tenant), c.Sig...))
}

// Short is size and root: enough to show that a later log goes on from it.
func (c Checkpoint) Short() string { return strconv.FormatInt(c.Size, 10) + ":" + c.Root.String() }

// String is the form kept in records and printed in papers: Short, and of a signed checkpoint what its signature needs.
func (c Checkpoint) String() string {
	if c.Key == "" {
		return c.Short()
	}
	return strings.Join([]string{c.Short(), strconv.FormatInt(c.At.UnixMicro(), 10), c.Prev.String(), c.Key, base64.RawURLEncoding.EncodeToString(c.Sig)}, ":")
}

// ParseCheckpoint reads String or Short. White space inside, as a copy from paper has it, does not matter.
func ParseCheckpoint(s string) (c Checkpoint, err error) {
	bad := fmt.Errorf("audit: not a checkpoint: %q", s)
	part := strings.Split(strings.Join(strings.Fields(s), ""), ":")
	if len(part) != 2 && len(part) != 6 {
		return c, bad
	}
	var ok bool
	if c.Size, err = strconv.ParseInt(part[0], 10, 64); err != nil || c.Size < 0 {
		return Checkpoint{}, bad
	}
	if c.Root, ok = ParseHash(part[1]); !ok {
		return Checkpoint{}, bad
	}
	if len(part) == 2 {
		return c, nil
	}
	us, err := strconv.ParseInt(part[2], 10, 64)
	if err != nil {
		return Checkpoint{}, bad
	}
	c.At, c.Key = time.UnixMicro(us).UTC(), part[4]
	if c.Prev, ok = ParseHash(part[3]); !ok || c.Key == "" {
		return Checkpoint{}, bad
	}
	if c.Sig, err = base64.RawURLEncoding.DecodeString(part[5]); err != nil || len(c.Sig) != ed25519.SignatureSize {
		return Checkpoint{}, bad
	}
	return c, nil
}

// ParseHash reads lower hex.
func ParseHash(s string) (h Hash, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(h) || strings.ToLower(s) != s {
		return h, false
	}
	return Hash(b), true
}

// Signer signs checkpoints with the key of the installation.
type Signer struct{ private ed25519.PrivateKey }

// NewSigner makes a signer of a seed of 32 bytes.
func NewSigner(seed []byte) (*Signer, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, errors.New("audit: the key must have 32 bytes")
	}
	return &Signer{ed25519.NewKeyFromSeed(seed)}, nil
}

// Sign completes a checkpoint; a nil signer leaves it unsigned.
func (s *Signer) Sign(tenant string, c Checkpoint) Checkpoint {
	if s == nil {
		return c
	}
	c.Key = s.Public().ID()
	c.Sig = ed25519.Sign(s.private, c.statement(tenant))
	return c
}

// Public is the key by which others check.
func (s *Signer) Public() PublicKey { return PublicKey(s.private.Public().(ed25519.PublicKey)) }

// PublicKey (検証鍵) checks signatures; it is no secret.
type PublicKey ed25519.PublicKey

// ID is the short name of a key: the beginning of its hash.
func (k PublicKey) ID() string {
	h := sha256.Sum256(k)
	return hex.EncodeToString(h[:8])
}

// String is base64, as commands print and take it.
func (k PublicKey) String() string { return base64.StdEncoding.EncodeToString(k) }

// ParsePublicKey reads String.
func ParsePublicKey(s string) (PublicKey, error) {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(s))
	if err != nil || len(b) != ed25519.PublicKeySize {
		return nil, errors.New("audit: not a public key")
	}
	return PublicKey(b), nil
}

// Keys are the public keys a verification believes.
type Keys []PublicKey

// Signed tells whether a checkpoint of this log bears a signature of one of the keys.
func (ks Keys) Signed(tenant string, c Checkpoint) bool {
	for _, k := range ks {
		if k.ID() == c.Key && ed25519.Verify(ed25519.PublicKey(k), c.statement(tenant), c.Sig) {
			return true
		}
	}
	return false
}
