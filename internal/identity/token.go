package identity

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
)

// newToken makes 32 random bytes for a cookie or an invitation link, and the hash that is stored in its place.
func newToken() (token, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:])
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, hashToken(token)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// wellFormed refuses what cannot be a token before anything is looked up.
func wellFormed(token string) bool {
	b, err := base64.RawURLEncoding.DecodeString(token)
	return err == nil && len(b) == 32
}

// newPIN makes six digits, all equally likely.
func newPIN() string {
	n, _ := rand.Int(rand.Reader, big.NewInt(1_000_000)) // never fails since Go 1.24
	return fmt.Sprintf("%06d", n.Int64())
}

// NewSetupCode makes the one-time code for the first administrator, in groups that can be typed. With a secret shared by the
// nodes of an installation every node derives the same code, so the setup request may reach any of them; without one it is random.
func NewSetupCode(shared []byte) string {
	var raw []byte
	if len(shared) > 0 {
		mac := hmac.New(sha256.New, shared)
		mac.Write([]byte("kasane/setup/1"))
		raw = mac.Sum(nil)[:10]
	} else {
		raw = make([]byte, 10)
		_, _ = rand.Read(raw)
	}
	s := base32.StdEncoding.EncodeToString(raw) // 16 characters, 80 bits
	return strings.Join([]string{s[:4], s[4:8], s[8:12], s[12:]}, "-")
}
