package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// testToken makes a session token from a seed, and the hash the store keeps.
func testToken(seed string) (token, hash string) {
	raw := sha256.Sum256([]byte(seed))
	token = base64.RawURLEncoding.EncodeToString(raw[:])
	return token, hashOf(token)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
