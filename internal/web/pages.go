package web

import "net/http"

// following tells in the head of a page where the next one is (RFC 8288): the same question, after a place in the list. There is none after the last page, nor of a list that is
// asked for by POST, whose words stand in no address.
func following(w http.ResponseWriter, r *http.Request, next string) {
	if next == "" || r.Method != http.MethodGet {
		return
	}
	q := r.URL.Query()
	q.Set("after", next)
	w.Header().Set("Link", `<?`+q.Encode()+`>; rel="next"`)
}
