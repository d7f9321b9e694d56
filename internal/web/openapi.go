package web

import (
	"errors"
	"io/fs"
	"net/http"
	"strconv"

	"kasane/docs"
)

// descriptionFile is where the built client carries the description of this interface, compressed.
const descriptionFile = "openapi.json" + gzipped

// newDescription is the description this program was built with: beside the built client, or, without one, as it stands in the tree.
func newDescription(dist fs.FS) (asset, error) {
	if b, err := fs.ReadFile(dist, descriptionFile); err == nil {
		return newAsset(descriptionFile, b)
	}
	if docs.OpenAPI == nil {
		return asset{}, errors.New("web: the client was built without the description of the interface")
	}
	return newAsset("openapi.json", docs.OpenAPI)
}

// openAPI answers with the description of this interface, written from its code.
func (s *server) openAPI(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("ETag", s.description.etag)
	if matches(r, s.description.etag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Add("Vary", "Accept-Encoding")
	body := s.description.body(h, r)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // the client is gone: nothing to be done
	return nil
}
