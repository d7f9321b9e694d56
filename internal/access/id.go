package access

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
)

var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes an identifier: 26 characters, sorted by time (6 bytes of Unix milliseconds, 10 random bytes).
// Identifiers carry no personal data and may stand in URLs and logs.
func NewID(now time.Time) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(now.UnixMilli())<<16)
	_, _ = rand.Read(b[6:]) // never fails since Go 1.24
	return idAlphabet.EncodeToString(b[:])
}
