package web

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"kasane/internal/access"
	"kasane/internal/fault"
	"kasane/internal/gaiji"
)

// gaijiPNG is a drawing: two strokes.
func gaijiPNG() []byte {
	img := image.NewGray(image.Rect(0, 0, 128, 128))
	for i := range img.Pix {
		if x, y := i%128, i/128; x < 58 || x > 70 {
			if y < 40 || y > 52 {
				img.Pix[i] = 255
			}
		}
	}
	img.SetGray(0, 0, color.Gray{255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func gaijiBody(text string, n int) map[string]any {
	return map[string]any{"text": text, "codeKind": "mj", "code": "MJ000001", "reading": "なべ", "note": "", "picture": gaijiPNG(), "retired": false, "n": n}
}

// letter registers a 外字.
func (h *house) letter(text string) gaiji.Letter {
	h.t.Helper()
	var l gaiji.Letter
	h.as("city").post("/api/gaiji", gaijiBody(text, 0)).into(h.t, &l)
	return l
}

// A registered 外字 is listed with a picture the house has written itself, changes only as it was seen, and is in the log.
func TestGaijiOverHTTP(t *testing.T) {
	t.Parallel()
	h := settled(t)
	clerk := h.as("records")
	l := h.letter("邊\U000E01EF")
	var list []gaiji.Letter
	clerk.get("/api/gaiji").into(t, &list)
	if len(list) != 1 || list[0].ID != l.ID || list[0].Text != "邊\U000E01EF" || bytes.Equal(list[0].Picture, gaijiPNG()) || !bytes.HasPrefix(list[0].Picture, []byte("\x89PNG")) {
		t.Errorf("%+v", list)
	}
	wantKind(t, "the same again", clerk.post("/api/gaiji", gaijiBody("邊\U000E01EF", 0)), fault.Conflict)
	body := gaijiBody("邊\U000E01EF", 1)
	body["retired"] = true
	wantStatus(t, "retire", clerk.send(put, "/api/gaiji/"+l.ID, body), http.StatusOK)
	wantKind(t, "as it was before", clerk.send(put, "/api/gaiji/"+l.ID, body), fault.Conflict)
	body["picture"] = []byte("<svg onload=alert(1)>")
	body["n"] = 2
	bad := clerk.send(put, "/api/gaiji/"+l.ID, body)
	wantKind(t, "a drawing that is a program", bad, fault.Invalid)
	if !strings.Contains(string(bad.body), `"picture"`) {
		t.Errorf("the answer names no field: %s", bad.body)
	}
	for _, who := range []string{"secretariat", "chair"} {
		wantStatus(t, who+" lists", h.as(who).get("/api/gaiji"), http.StatusOK)
		wantKind(t, who+" registers", h.as(who).post("/api/gaiji", gaijiBody("邊\U000E01EE", 0)), fault.Forbidden)
	}
	for _, who := range []string{"agency", "observer", "auditor"} {
		wantKind(t, who+" lists", h.as(who).get("/api/gaiji"), fault.Forbidden)
	}
	if n := h.count(string(access.VerbGaijiSave)); n < 2 {
		t.Errorf("%d entries", n)
	}
}
