package pdfa

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

var (
	reFontName = regexp.MustCompile(`/(F[0-9a-f]+) (\d+) 0 R`)
	reParents  = regexp.MustCompile(`(\d+) \[([^\]]*)\]`)
	reSpoken   = regexp.MustCompile(`^<</ActualText <FEFF([0-9A-F]{4})+>>>$`)
)

// pages checks the content of every page: text has a meaning, everything is tagged or an artifact, and the marks
// agree with the parent tree.
func (l *linter) pages(fonts map[int]map[uint16]bool) {
	nums := l.follow(l.follow(l.object(l.f.root), "/StructTreeRoot"), "/ParentTree")
	parents := map[string]int{}
	for _, m := range reParents.FindAllStringSubmatch(strings.TrimPrefix(nums, "<</Nums ["), -1) {
		parents[m[1]] = strings.Count(m[2], " 0 R")
		for _, ref := range strings.Split(strings.TrimSpace(m[2]), " 0 R") {
			if ref = strings.TrimSpace(ref); ref != "" && !strings.HasPrefix(l.object(reference(ref, "")), "<</Type /StructElem") {
				l.say("page %s: the parent tree points to something else than an element", m[1])
			}
		}
	}
	for i, n := range l.f.pages {
		dict := l.object(n)
		c := contentLinter{l: l, page: i + 1, fonts: map[string]map[uint16]bool{}}
		for _, m := range reFontName.FindAllStringSubmatch(l.follow(dict, "/Resources"), -1) {
			c.fonts[m[1]] = fonts[reference(m[2], "")]
		}
		c.read(l.content(l.follow(dict, "/Contents")))
		if !strings.Contains(dict, "/StructParents "+strconv.Itoa(i)) {
			l.say("page %d: no /StructParents", i+1)
		}
		if parents[strconv.Itoa(i)] != c.marks {
			l.say("page %d: %d marks, %d in the parent tree", i+1, c.marks, parents[strconv.Itoa(i)])
		}
	}
}

// contentLinter walks a content stream as the drawing library writes it.
type contentLinter struct {
	l     *linter
	page  int
	fonts map[string]map[uint16]bool
	font  map[uint16]bool
	open  []string // marked content that is open: Artifact, Span for a spoken text, else the type of a structure element
	marks int
}

func (c *contentLinter) read(s []byte) {
	var args [][]byte
	outside := false
	for len(s) > 0 {
		var tok []byte
		tok, s = token(s)
		switch op := string(tok); op {
		case "":
			continue
		case "Tf":
			if len(args) > 1 {
				c.font = c.fonts[strings.TrimPrefix(string(args[len(args)-2]), "/")]
			}
		case "BMC", "BDC":
			c.begin(op, args)
		case "EMC":
			if len(c.open) == 0 {
				outside = true
			} else {
				c.open = c.open[:len(c.open)-1]
			}
		case "Tj", "S", "f", "re", "c", "l":
			outside = outside || len(c.open) == 0
			if op == "Tj" && len(args) > 0 {
				c.text(args[len(args)-1])
			}
		default:
			args = append(args, tok)
			continue
		}
		args = args[:0]
	}
	if outside || len(c.open) != 0 {
		c.l.say("page %d: content outside of marks", c.page)
	}
}

// begin opens marked content. Inside a structure element only a text that is spoken otherwise may begin; it has no number of its own.
func (c *contentLinter) begin(op string, args [][]byte) {
	at := len(args) - 1 // of the name; before it stands what other operators left
	for at > 0 && args[at][0] != '/' {
		at--
	}
	name, dict, _ := strings.Cut(strings.TrimPrefix(string(bytes.Join(args[max(at, 0):], []byte(" "))), "/"), " ")
	numbered := strings.Contains(dict, "/MCID ")
	switch {
	case len(c.open) == 0 && op == "BDC" && numbered:
		c.marks++
	case len(c.open) == 0 && op == "BMC" && name == "Artifact":
	case len(c.open) == 1 && c.open[0] != "Artifact" && name == "Span" && !numbered && reSpoken.MatchString(dict):
	default:
		c.l.say("page %d: marked content %s where none may begin", c.page, name)
	}
	c.open = append(c.open, name)
}

// text checks that every code shown means something.
func (c *contentLinter) text(str []byte) {
	if c.font == nil {
		c.l.say("page %d: text in an unknown font", c.page)
		return
	}
	for i := 0; i+1 < len(str); i += 2 {
		if code := uint16(str[i])<<8 | uint16(str[i+1]); !c.font[code] {
			c.l.say("page %d: code %04X has no meaning", c.page, code)
		}
	}
}

// token takes the next operator, operand or string (without its brackets, unescaped) off s.
func token(s []byte) (tok, rest []byte) {
	s = bytes.TrimLeft(s, " \n\r\t")
	if len(s) == 0 {
		return nil, nil
	}
	if s[0] != '(' {
		if i := bytes.IndexAny(s[1:], " \n\r\t("); i >= 0 {
			return s[:i+1], s[i+1:]
		}
		return s, nil
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i < len(s) {
				if s[i] == 'r' {
					tok = append(tok, '\r')
				} else {
					tok = append(tok, s[i])
				}
			}
		case ')':
			return tok, s[i+1:]
		default:
			tok = append(tok, s[i])
		}
	}
	return tok, nil
}
