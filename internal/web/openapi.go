package web

import (
	"net/http"
	"strconv"

	"kasane/docs"
)

// openAPITag names the description this program was built with.
var openAPITag = etagOf(docs.OpenAPI)

// openAPI answers with the description of this interface, written from its code.
func (s *server) openAPI(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("ETag", openAPITag)
	if matches(r, openAPITag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(docs.OpenAPI)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(docs.OpenAPI) // the client is gone: nothing to be done
	return nil
}
