package seal

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"kasane/internal/fault"
	"kasane/internal/pdf/sign"
	"kasane/internal/text"
)

// Authority (認証局) is what lies in its folder:
//
//	root-0001.crt  root-0001.key    the root; its key is needed for renewals only and may be kept elsewhere
//	seal-0001.crt  seal-0001.key    the certificate that signs, and its key
//
// The highest number counts. Certificates before it stay, their keys go.
type Authority struct {
	dir   string
	roots []*x509.Certificate // oldest first
	seals []*x509.Certificate
}

// ErrNone says that there is no authority in the folder.
var ErrNone = fault.New(fault.NotFound, "認証局がありません。kasane ca create --name 団体名 で作ってください。")

// Open reads the certificates of a folder; ErrNone when there are none.
func Open(dir string) (*Authority, error) {
	a := &Authority{dir: dir}
	for kind, to := range map[string]*[]*x509.Certificate{"root": &a.roots, "seal": &a.seals} {
		for n := 1; ; n++ {
			raw, err := os.ReadFile(a.file(kind, n, "crt"))
			if errors.Is(err, fs.ErrNotExist) {
				break
			}
			if err != nil {
				return nil, err
			}
			list, err := Certificates(raw)
			if err != nil || len(list) != 1 {
				return nil, fault.Newf(fault.Invalid, "%s は証明書として読めません。", a.file(kind, n, "crt"))
			}
			*to = append(*to, list[0])
		}
	}
	if len(a.roots) == 0 {
		return nil, ErrNone
	}
	return a, nil
}

func (a *Authority) file(kind string, n int, ext string) string {
	return filepath.Join(a.dir, fmt.Sprintf("%s-%04d.%s", kind, n, ext))
}

// Create makes an authority in a folder that has none.
func Create(dir, name string, now time.Time) (*Authority, error) {
	if err := text.Required("name", "団体名", name); err != nil {
		return nil, err
	}
	if err := text.Line("name", "団体名", name, 40); err != nil {
		return nil, err
	}
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		if err == nil {
			err = fault.Newf(fault.Conflict, "%s には認証局がもうあります。証明書を新しくするときは kasane ca renew を使ってください。", dir)
		}
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	a := &Authority{dir: dir}
	if err := a.newRoot(name, now); err != nil {
		return nil, err
	}
	root, err := a.identity("root", "")
	if err != nil {
		return nil, err
	}
	return a, a.newSeal(root, now)
}

// Renew makes a new signing certificate, and before it, when asked, a new root. rootKey is a file that holds the key of the root, "" for the one in the folder.
func (a *Authority) Renew(now time.Time, withRoot bool, rootKey string) error {
	if withRoot {
		if err := a.newRoot(a.Name(), now); err != nil {
			return err
		}
		rootKey = ""
	}
	root, err := a.identity("root", rootKey)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(fault.NotFound, err, "ルートの秘密鍵がありません。別の場所に保管したときは --root-key で渡してください。失われたときは kasane ca renew --root で新しいルートを作れます(前のルートで署名した記録は、前のルートの証明書で確かめられます)。")
	}
	if err != nil {
		return err
	}
	if now.After(root.Chain[0].NotAfter) {
		return fault.New(fault.Conflict, "ルート証明書の期限が切れています。kasane ca renew --root で新しいルートも作ってください。")
	}
	if err := a.newSeal(root, now); err != nil {
		return err
	}
	for n := 1; n < len(a.seals); n++ { // what no longer signs has no key to be stolen
		if err := os.Remove(a.file("seal", n, "key")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (a *Authority) newRoot(name string, now time.Time) error {
	id, err := sign.NewRoot(name, len(a.roots)+1, now)
	if err != nil {
		return err
	}
	if err := a.keep("root", len(a.roots)+1, id); err != nil {
		return err
	}
	a.roots = append(a.roots, id.Chain[0])
	return nil
}

func (a *Authority) newSeal(root sign.Identity, now time.Time) error {
	id, err := sign.NewSeal(a.Name(), len(a.seals)+1, now, root)
	if err != nil {
		return err
	}
	if err := a.keep("seal", len(a.seals)+1, id); err != nil {
		return err
	}
	a.seals = append(a.seals, id.Chain[0])
	return nil
}

// keep writes the key, then the certificate: one that can be seen has its key. Nothing is written over.
func (a *Authority) keep(kind string, n int, id sign.Identity) error {
	raw, err := x509.MarshalPKCS8PrivateKey(id.Key)
	if err != nil {
		return err
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	if err := dropOrphan(a.file(kind, n, "key"), a.file(kind, n, "crt")); err != nil {
		return err
	}
	if err := writeNew(a.file(kind, n, "key"), key, 0o600); err != nil {
		return err
	}
	return writeNew(a.file(kind, n, "crt"), PEM(id.Chain[0]), 0o644)
}

// orphanAfter is how old a key without a certificate must be to be one that a crash left behind, and not that of a command that runs beside this one.
const orphanAfter = time.Minute

// dropOrphan removes a key whose certificate was never written: nothing was signed with it.
func dropOrphan(key, crt string) error {
	if _, err := os.Stat(crt); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	info, err := os.Stat(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if time.Since(info.ModTime()) < orphanAfter {
		return fault.New(fault.Conflict, "別の kasane ca が動いているか、途中で止まったところです。1分ほど待ってから、もう一度実行してください。")
	}
	return os.Remove(key)
}

// writeNew writes a file that is there whole or not at all, and never over another one.
func writeNew(path string, b []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(b)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path) // refuses a name that is taken, as a rename does not
}

// identity is the newest root or signing certificate with its key.
func (a *Authority) identity(kind, keyFile string) (id sign.Identity, err error) {
	list := a.roots
	if kind == "seal" {
		list = a.seals
	}
	if len(list) == 0 {
		return id, ErrNone
	}
	if keyFile == "" {
		keyFile = a.file(kind, len(list), "key")
	}
	cert := list[len(list)-1]
	raw, err := os.ReadFile(keyFile)
	if err != nil {
		return id, err
	}
	block, _ := pem.Decode(raw)
	if block == nil {
		return id, fault.Newf(fault.Invalid, "%s は秘密鍵として読めません。", keyFile)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	own, ok := key.(*ecdsa.PrivateKey)
	if err != nil || !ok || !own.PublicKey.Equal(cert.PublicKey) {
		return id, fault.Newf(fault.Invalid, "%s は、この証明書の秘密鍵ではありません。", keyFile)
	}
	id = sign.Identity{Key: own, Chain: []*x509.Certificate{cert}}
	for _, r := range a.roots {
		if kind == "seal" && cert.CheckSignatureFrom(r) == nil {
			id.Chain = append(id.Chain, r)
		}
	}
	return id, nil
}

// Name is whose authority it is (団体名).
func (a *Authority) Name() string {
	if o := a.roots[len(a.roots)-1].Subject.Organization; len(o) > 0 {
		return o[0]
	}
	return ""
}

// Roots are the root certificates, oldest first; Seals those that sign and signed.
func (a *Authority) Roots() []*x509.Certificate { return slices.Clone(a.roots) }

// Seals are the certificates that signed, oldest first; the last one signs.
func (a *Authority) Seals() []*x509.Certificate { return slices.Clone(a.seals) }

// HasRootKey tells whether the key of the newest root still lies in the folder.
func (a *Authority) HasRootKey() bool {
	_, err := os.Stat(a.file("root", len(a.roots), "key"))
	return err == nil
}

// Loose are the keys that others than their owner can read.
func (a *Authority) Loose() (out []string) {
	keys, _ := filepath.Glob(filepath.Join(a.dir, "*.key"))
	for _, k := range keys {
		if info, err := os.Stat(k); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			out = append(out, k)
		}
	}
	return out
}

// Certificates reads certificates from text.
func Certificates(raw []byte) (out []*x509.Certificate, err error) {
	for {
		var block *pem.Block
		if block, raw = pem.Decode(raw); block == nil {
			break
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "証明書(PEM)がありません。")
	}
	return out, nil
}

// PEM writes certificates as text.
func PEM(list ...*x509.Certificate) []byte {
	var b strings.Builder
	for _, c := range list {
		b.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return []byte(b.String())
}

// Print (拇印) is the SHA-256 of a certificate, to be compared with what the municipality published.
func Print(c *x509.Certificate) string {
	s := sha256.Sum256(c.Raw)
	return hex.EncodeToString(s[:])
}
