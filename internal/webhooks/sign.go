package webhooks

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// secretPrefix begins every secret, so that it is known for one where it is found.
const secretPrefix = "whsec_"

// secretSize is the length of a key in bytes; the Standard Webhooks ask for 24 to 64.
const secretSize = 32

// newSecret makes a key.
func newSecret() []byte {
	key := make([]byte, secretSize)
	_, _ = rand.Read(key)
	return key
}

// showSecret is a key as its receiver gets it.
func showSecret(key []byte) string { return secretPrefix + base64.StdEncoding.EncodeToString(key) }

// signature is the value of the header webhook-signature: one for each key, so that a receiver may have the old one or the new one.
func signature(keys [][]byte, id string, at time.Time, body []byte) string {
	out := make([]string, 0, len(keys))
	for _, key := range keys {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
		m.Write(body)
		out = append(out, "v1,"+base64.StdEncoding.EncodeToString(m.Sum(nil)))
	}
	return strings.Join(out, " ")
}
