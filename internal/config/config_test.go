package config

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/config.md")

const head = `# Configuration

Everything has a default that runs; a laptop needs no variable at all. Made from ` + "`internal/config`" + ` by
` + "`go test ./internal/config -update`" + `.

`

// TestDocumentIsCurrent: the table; what stands after it is written by hand.
func TestDocumentIsCurrent(t *testing.T) {
	const file, rest = "../../docs/config.md", "\n## "
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	made, written, _ := strings.Cut(string(got), rest)
	want := head + Table()
	if *update {
		if err := os.WriteFile(file, []byte(want+rest+written), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if made != want {
		t.Error("docs/config.md is not current: go test ./internal/config -update")
	}
}

func env(kv ...string) func(string) (string, bool) {
	m := map[string]string{}
	for i := 0; i < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return func(k string) (string, bool) { v, ok := m[k]; return v, ok }
}

const key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

func TestDefaultsRun(t *testing.T) {
	t.Parallel()
	c, err := FromEnv(env("KASANE_ADDR", ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	if !reflect.DeepEqual(c, Defaults()) {
		t.Errorf("%+v", c)
	}
	for _, o := range options {
		if o.get == nil || o.Default == "" || o.Default == "host name" {
			continue
		}
		if got := *o.get(&c); got != o.Default {
			t.Errorf("%s: documented default %q, real %q", o.Env, o.Default, got)
		}
	}
}

func TestEveryFieldHasAVariable(t *testing.T) {
	t.Parallel()
	read := map[*string]bool{}
	var c Config
	parsed := 0
	for _, o := range options {
		if o.parse != nil {
			parsed++
			continue
		}
		read[o.get(&c)] = true
	}
	if want := reflect.TypeOf(c).NumField(); len(read)+parsed != want {
		t.Errorf("%d fields are read, %d exist", len(read)+parsed, want)
	}
}

func TestNodes(t *testing.T) {
	t.Parallel()
	c, err := FromEnv(env("DATABASE_URL", "postgres://k:geheim@db/k", "REDIS_URL", "redis://r:6379/0", "KASANE_FILE_KEY", key,
		"KASANE_NODE", "node2", "KASANE_TRUSTED_PROXIES", "10.77.0.0/24, 127.0.0.1,::1", "KASANE_BASE_PATH", "/kasane",
		"KASANE_PUBLIC_URL", "https://kasane.example.lg.jp", "KASANE_WEBHOOK_NETWORKS", "10.1.2.0/24, fd00:1::/32,192.168.5.7", "KASANE_WEBHOOK_HTTP_HOSTS", "Renkei.example.lg.jp:8080, 10.1.2.3"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	if len(c.WebhookNetworks) != 3 || c.WebhookNetworks[2].String() != "192.168.5.7/32" || len(c.WebhookHTTPHosts) != 2 || c.WebhookHTTPHosts[0] != "renkei.example.lg.jp:8080" || c.Webhooks != "on" {
		t.Errorf("%+v", c)
	}
	if len(c.TrustedProxies) != 3 || c.TrustedProxies[1].String() != "127.0.0.1/32" || c.Node != "node2" {
		t.Errorf("%+v", c)
	}
}

func TestValidateRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kv   []string
		want string
	}{
		"redis alone":        {[]string{"REDIS_URL", "redis://r:6379"}, "REDIS_URL: needs DATABASE_URL"},
		"nodes without key":  {[]string{"DATABASE_URL", "postgres://k:geheim@db/k"}, "KASANE_FILE_KEY"},
		"mysql":              {[]string{"DATABASE_URL", "mysql://k:geheim@db/k", "KASANE_FILE_KEY", key}, "DATABASE_URL"},
		"short key":          {[]string{"KASANE_FILE_KEY", "Z2VoZWlt"}, "KASANE_FILE_KEY"},
		"address":            {[]string{"KASANE_ADDR", "8080"}, "KASANE_ADDR"},
		"base path":          {[]string{"KASANE_BASE_PATH", "kasane/"}, "KASANE_BASE_PATH"},
		"base path up":       {[]string{"KASANE_BASE_PATH", "/a/.."}, "KASANE_BASE_PATH"},
		"public with path":   {[]string{"KASANE_PUBLIC_URL", "https://a/b"}, "KASANE_PUBLIC_URL"},
		"certificate alone":  {[]string{"KASANE_TLS_CERT", "a.pem"}, "KASANE_TLS_CERT"},
		"cookie":             {[]string{"KASANE_SECURE_COOKIE", "never"}, "KASANE_SECURE_COOKIE"},
		"node with a space":  {[]string{"KASANE_NODE", "a b"}, "KASANE_NODE"},
		"metrics":            {[]string{"KASANE_METRICS_ADDR", "9464"}, "KASANE_METRICS_ADDR"},
		"metrics in public":  {[]string{"KASANE_METRICS_ADDR", "127.0.0.1:8080"}, "KASANE_METRICS_ADDR: needs another port"},
		"mail without link":  {[]string{"KASANE_SMTP_ADDR", "mail:25", "KASANE_SMTP_FROM", "k@example.lg.jp"}, "KASANE_SMTP_ADDR: needs KASANE_PUBLIC_URL"},
		"mail from nobody":   {[]string{"KASANE_SMTP_ADDR", "mail:25", "KASANE_PUBLIC_URL", "https://a.example", "KASANE_SMTP_FROM", "k@a.example\r\nBcc: x@y.example"}, "KASANE_SMTP_FROM"},
		"mail in clear":      {[]string{"KASANE_SMTP_ADDR", "mail:25", "KASANE_PUBLIC_URL", "https://a.example", "KASANE_SMTP_FROM", "k@a.example", "KASANE_SMTP_TLS", "none", "KASANE_SMTP_USER", "k", "KASANE_SMTP_PASSWORD", "geheim"}, "KASANE_SMTP_TLS: a password"},
		"mail protected how": {[]string{"KASANE_SMTP_TLS", "maybe"}, "KASANE_SMTP_TLS"},
		"webhooks how":       {[]string{"KASANE_WEBHOOKS", "sometimes"}, "KASANE_WEBHOOKS"},
		"this machine":       {[]string{"KASANE_WEBHOOK_NETWORKS", "10.0.0.0/8,127.0.0.1"}, "is no private network"},
		"the cloud's own":    {[]string{"KASANE_WEBHOOK_NETWORKS", "169.254.169.254"}, "is no private network"},
		"everything":         {[]string{"KASANE_WEBHOOK_NETWORKS", "0.0.0.0/0"}, "is no private network"},
		"no network":         {[]string{"KASANE_WEBHOOK_NETWORKS", "renkei"}, "KASANE_WEBHOOK_NETWORKS"},
		"a URL for a host":   {[]string{"KASANE_WEBHOOK_HTTP_HOSTS", "http://renkei.example/"}, "KASANE_WEBHOOK_HTTP_HOSTS"},
		"proxies not parsed": {[]string{"KASANE_TRUSTED_PROXIES", "everyone"}, "KASANE_TRUSTED_PROXIES"},
	} {
		got, err := FromEnv(env(c.kv...))
		if err == nil {
			err = got.Validate()
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "Z2VoZWlt") {
			t.Errorf("%s: a secret stands in %q", name, err)
		}
	}
}
