package notice

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kasane/internal/fault"
)

// addressMax is what RFC 5321 allows in a path.
const addressMax = 254

// CheckAddress takes a plain address and nothing that surrounds it: no name, no quotes, no comment, no list. It goes into a command of a mail server and into a head.
func CheckAddress(s string) error {
	bad := fault.New(fault.Invalid, "メールアドレスを、name@example.lg.jp の形で入力してください。").On("address")
	if len(s) > addressMax || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"'(),:;<>[]\`, r) }) {
		return bad
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || a.Name != "" {
		return bad
	}
	local, domain, _ := strings.Cut(s, "@")
	if len(local) > 64 || !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(domain, "..") || strings.Contains(domain, "@") {
		return bad
	}
	return nil
}

// plainLine makes a line of what may hold anything: no break, no control character, no sign that turns the direction of writing. Names of municipalities and services come this way.
func plainLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
}

// letter is a mail before it has its form.
type letter struct {
	from, to string // addresses
	name     string // of the sender
	subject  string
	body     string
	calendar string // RFC 5545, "" = none
	leave    string // where one ends the mails
	at       time.Time
}

// bytes is the mail in the form of RFC 5322. Nothing of it depends on what a value holds: heads are encoded words, bodies base64.
func (l letter) bytes() []byte {
	var b bytes.Buffer
	head := func(name, value string) { b.WriteString(name + ": " + value + "\r\n") }
	head("From", strings.TrimSpace(encoded(l.name)+"\r\n <"+l.from+">"))
	head("To", "<"+l.to+">")
	head("Subject", encoded(l.subject))
	head("Date", l.at.Format(time.RFC1123Z))
	head("Message-ID", "<"+token()+"@"+l.from[strings.LastIndexByte(l.from, '@')+1:]+">")
	head("Auto-Submitted", "auto-generated")
	head("List-Unsubscribe", "<"+l.leave+">")
	head("MIME-Version", "1.0")
	if l.calendar == "" {
		head("Content-Type", "text/plain; charset=UTF-8")
		head("Content-Transfer-Encoding", "base64")
		b.WriteString("\r\n" + wrapped(l.body))
		return b.Bytes()
	}
	bound := "kasane-" + token()
	method := "PUBLISH"
	if strings.Contains(l.calendar, "METHOD:CANCEL") {
		method = "CANCEL"
	}
	head("Content-Type", `multipart/mixed; boundary="`+bound+`"`)
	b.WriteString("\r\n--" + bound + "\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped(l.body))
	b.WriteString("\r\n--" + bound + "\r\nContent-Type: text/calendar; charset=UTF-8; method=" + method +
		"\r\nContent-Disposition: attachment; filename=\"kaigi.ics\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + wrapped(l.calendar))
	b.WriteString("\r\n--" + bound + "--\r\n")
	return b.Bytes()
}

// wordBytes is what fits into an encoded word of at most 75 characters.
const wordBytes = 45

// encoded is a text in a head, always as encoded words (RFC 2047), one on each line: so nothing in it is read as a quote, a comment or a word that was encoded before.
func encoded(s string) string {
	var words []string
	word := ""
	for _, r := range plainLine(s) {
		if len(word)+utf8.RuneLen(r) > wordBytes {
			words, word = append(words, word), ""
		}
		word += string(r)
	}
	if word != "" {
		words = append(words, word)
	}
	for i, w := range words {
		words[i] = "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(w)) + "?="
	}
	return strings.Join(words, "\r\n ")
}

// wrapped is base64 in lines of 76.
func wrapped(s string) string {
	e := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")))
	var b strings.Builder
	for len(e) > 76 {
		b.WriteString(e[:76] + "\r\n")
		e = e[76:]
	}
	return b.String() + e + "\r\n"
}

func token() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return hex.EncodeToString(b[:])
}
