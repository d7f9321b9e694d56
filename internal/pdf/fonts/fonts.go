// Package fonts carries the three faces every Kasane binary prints with, all under the SIL Open Font License:
// BIZ UDGothic Regular and Bold for the body, Noto Sans JP Regular for what they lack (𠮷, Vietnamese letters).
//
// The files are kept compressed (9 MB instead of 15); each is opened at its first use, once per process.
package fonts

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"kasane/internal/pdf/fontx"
)

var (
	//go:embed BIZUDGothic-Regular.ttf.gz
	bizRegular []byte
	//go:embed BIZUDGothic-Bold.ttf.gz
	bizBold []byte
	//go:embed NotoSansJP-Regular.ttf.gz
	notoRegular []byte
	//go:embed OFL-BIZUDGothic.txt
	licenceBIZ string
	//go:embed OFL-NotoSansJP.txt
	licenceNoto string
)

var (
	regular = sync.OnceValues(func() (*fontx.Font, error) { return open("BIZUDGothic-Regular", bizRegular) })
	bold    = sync.OnceValues(func() (*fontx.Font, error) { return open("BIZUDGothic-Bold", bizBold) })
	noto    = sync.OnceValues(func() (*fontx.Font, error) { return open("NotoSansJP-Regular", notoRegular) })
)

// Regular is BIZ UDGothic Regular, the body face.
func Regular() (*fontx.Font, error) { return regular() }

// Bold is BIZ UDGothic Bold, for headings.
func Bold() (*fontx.Font, error) { return bold() }

// Noto is Noto Sans JP Regular, the fallback face.
func Noto() (*fontx.Font, error) { return noto() }

// Licences are the licence texts that must go with the binary, by font family.
func Licences() map[string]string {
	return map[string]string{"BIZ UDGothic": licenceBIZ, "Noto Sans JP": licenceNoto}
}

func open(name string, packed []byte) (*fontx.Font, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	return fontx.Parse(name, data)
}
