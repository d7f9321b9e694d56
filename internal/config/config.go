// Package config is everything an operator can set: one struct whose defaults run on a laptop, read from the environment,
// checked as a whole before anything starts. The table in docs/config.md is made from it.
package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Config is the configuration of one process.
type Config struct {
	Addr                                                            string            // host:port to listen on
	DataDir                                                         string            // SQLite file and file key of this installation
	DatabaseURL                                                     string            // PostgreSQL; "" = SQLite in DataDir
	RedisURL                                                        string            // bus between nodes; "" = one process
	Node                                                            string            // name of this process in logs and leases
	FileKey                                                         string            // base64 of 32 bytes; "" = DataDir/keys/files.key
	AuditKey                                                        string            // base64 of 32 bytes; "" = DataDir/keys/audit.key, or made from FileKey with DatabaseURL
	BasePath                                                        string            // prefix behind a reverse proxy: "" or "/kasane"
	OIDCIssuer, OIDCClientID, OIDCClientSecret, OIDCClaim, OIDCName string            // the municipality's own sign-in service; "" = none
	PublicURL                                                       string            // origin written into invitation links; "" = as the request came
	Hosts                                                           map[string]string // host name → code of the municipality whose it is (共同利用)
	TrustedProxies                                                  []netip.Prefix    // whose X-Forwarded-For and X-Forwarded-Proto are believed
	SecureCookie                                                    string            // auto, always
	TLSCert                                                         string            // PEM file; "" = plain HTTP (behind a proxy, or 127.0.0.1)
	TLSKey                                                          string
	ExtraFont                                                       string         // TrueType file for names the built-in faces lack
	CADir                                                           string         // folder of the certificate authority; "" = DataDir/keys/ca
	TSAURL                                                          string         // time-stamp authority (RFC 3161); "" = none, no outbound connection
	TSARoots                                                        string         // PEM file: root certificates of the time-stamp authority
	BackupTo                                                        string         // public keys (age1…) to which backups are locked
	BackupDir                                                       string         // folder of the nightly backups; "" = none
	BackupKeep                                                      int            // how many of them are kept
	JobDays                                                         int            // how long work in the background and its results are kept
	MetricsAddr                                                     string         // host:port where /metrics is answered; "" = nowhere
	TracesURL                                                       string         // where traces are sent; "" = nowhere
	SMTPAddr                                                        string         // host:port of the mail server; "" = no mail
	SMTPTLS                                                         string         // starttls, tls, none
	SMTPUser, SMTPPassword                                          string         // "" = without signing in
	SMTPFrom                                                        string         // address of the sender
	Webhooks                                                        string         // on, off: whether systems are told of what happens
	WebhookHTTPHosts                                                []string       // in lower case, that may be reached without TLS
	WebhookNetworks                                                 []netip.Prefix // of private addresses that may be dialled
	WebhookCA                                                       string         // PEM file: root certificates of receivers
	LogLevel                                                        string         // debug, info, warn, error
	LogFormat                                                       string         // text, json
}

// Defaults is a configuration that runs.
func Defaults() Config {
	node, err := os.Hostname()
	if err != nil || !nodeForm.MatchString(node) {
		node = "node1"
	}
	return Config{Addr: "127.0.0.1:8080", DataDir: "data", Node: node, SecureCookie: "auto", OIDCClaim: "preferred_username", OIDCName: "庁内の認証基盤", BackupKeep: 14, JobDays: 7, SMTPTLS: "starttls", Webhooks: "on", LogLevel: "info", LogFormat: "text"}
}

// option is one variable: how it is read, shown and explained.
type option struct {
	Env     string
	Default string // as documented; "" = not set
	Help    string
	Secret  bool
	get     func(*Config) *string
	parse   func(*Config, string) error // nil: plain text into get
}

var options = []option{
	{Env: "KASANE_ADDR", Default: "127.0.0.1:8080", Help: "Address and port to listen on (also `--addr`).",
		get: func(c *Config) *string { return &c.Addr }},
	{Env: "KASANE_DATA", Default: "data", Help: "Directory of this installation: the SQLite file and the file key (also `--data`). Back it up whole.",
		get: func(c *Config) *string { return &c.DataDir }},
	{Env: "DATABASE_URL", Secret: true, Help: "PostgreSQL, `postgres://user:password@host/db`. Not set: SQLite in the data directory, one process.",
		get: func(c *Config) *string { return &c.DatabaseURL }},
	{Env: "REDIS_URL", Secret: true, Help: "Redis, `redis://host:6379` (`rediss://` with TLS), Sentinel or Cluster, see below: carries changes between nodes. Needs `DATABASE_URL`.",
		get: func(c *Config) *string { return &c.RedisURL }},
	{Env: "KASANE_NODE", Default: "host name", Help: "Name of this process in logs and leases; different on every node.",
		get: func(c *Config) *string { return &c.Node }},
	{Env: "KASANE_FILE_KEY", Secret: true, Help: "Key of the evidence files: base64 of 32 bytes (`openssl rand -base64 32`). Required with `DATABASE_URL`, the same on every node. Several with commas between, newest first, while keys are changed. Not set: `keys/files.key` in the data directory, made at the first start.",
		get: func(c *Config) *string { return &c.FileKey }},
	{Env: "KASANE_AUDIT_KEY", Secret: true, Help: "Key that signs the checkpoints of the audit log: base64 of 32 bytes, the same on every node. Not set: `keys/audit.key` in the data directory, made at the first start; with `DATABASE_URL` it is made from `KASANE_FILE_KEY`. `kasane audit-key` prints its public half.",
		get: func(c *Config) *string { return &c.AuditKey }},
	{Env: "KASANE_BASE_PATH", Help: "Path prefix behind a reverse proxy that keeps the prefix, e.g. `/kasane`.",
		get: func(c *Config) *string { return &c.BasePath }},
	{Env: "KASANE_PUBLIC_URL", Help: "Origin written into invitation links, e.g. `https://kasane.example.lg.jp`. Not set: the address the inviter uses.",
		get: func(c *Config) *string { return &c.PublicURL }},
	{Env: "KASANE_MUNICIPALITY_HOSTS", Help: "Where several municipalities share the installation: a host name for each, `shiomi.example.lg.jp=012025,tonari.example.lg.jp=012033` (the code is that of `kasane municipality`). Under such a name only this municipality signs in, and links lead back to it; the proxy must pass the host name on. Not set: the sign-in page asks which municipality.",
		parse: parseHosts},
	{Env: "KASANE_TRUSTED_PROXIES", Help: "Networks of reverse proxies, separated by commas (`10.0.0.0/8,127.0.0.1`). Only from these are `X-Forwarded-For` and `X-Forwarded-Proto` believed.",
		parse: parseProxies},
	{Env: "KASANE_SECURE_COOKIE", Default: "auto", Help: "`auto`: the session cookie is Secure when the request came by TLS. `always`: always.",
		get: func(c *Config) *string { return &c.SecureCookie }},
	{Env: "KASANE_TLS_CERT", Help: "PEM certificate chain, to serve HTTPS without a proxy. With `KASANE_TLS_KEY`.",
		get: func(c *Config) *string { return &c.TLSCert }},
	{Env: "KASANE_TLS_KEY", Help: "PEM private key of the certificate (a file name).",
		get: func(c *Config) *string { return &c.TLSKey }},
	{Env: "KASANE_OIDC_ISSUER", Help: "Sign-in service of the municipality (OpenID Connect), e.g. `https://login.example.lg.jp/realms/city`. Needs `KASANE_PUBLIC_URL`, whose `/api/oidc/callback` is the redirect address, and whose `/` the address to come back to after signing out (post-logout redirect). Not set: no outbound connection.",
		get: func(c *Config) *string { return &c.OIDCIssuer }},
	{Env: "KASANE_OIDC_CLIENT_ID", Help: "Client id of Kasane at the sign-in service.",
		get: func(c *Config) *string { return &c.OIDCClientID }},
	{Env: "KASANE_OIDC_CLIENT_SECRET", Secret: true, Help: "Client secret of Kasane at the sign-in service.",
		get: func(c *Config) *string { return &c.OIDCClientSecret }},
	{Env: "KASANE_OIDC_CLAIM", Default: "preferred_username", Help: "Claim of the ID token that is the login of an account in Kasane.",
		get: func(c *Config) *string { return &c.OIDCClaim }},
	{Env: "KASANE_OIDC_NAME", Default: "庁内の認証基盤", Help: "Name of the sign-in service on the sign-in page.",
		get: func(c *Config) *string { return &c.OIDCName }},
	{Env: "KASANE_EXTRA_FONT", Help: "One more TrueType file (such as IPAmj明朝) for characters of names that the built-in faces lack; used in PDFs.",
		get: func(c *Config) *string { return &c.ExtraFont }},
	{Env: "KASANE_CA", Help: "Folder of the certificate authority that signs sealed records, made by `kasane ca create`. Not set: `keys/ca` in the data directory. With several nodes: the same folder on each. The key of the root (`root-*.key`) is needed for `kasane ca renew` only and is better kept elsewhere. No authority: records are sealed without a signature and say so.",
		get: func(c *Config) *string { return &c.CADir }},
	{Env: "KASANE_TSA_URL", Secret: true, Help: "Time-stamp authority (RFC 3161), `http://` or `https://`, with `user:password@` where it asks for them: asked for a time stamp of each signature. One that does not answer within 5 seconds stops nothing; the record says that it has no time stamp. Not set: no outbound connection.",
		get: func(c *Config) *string { return &c.TSAURL }},
	{Env: "KASANE_TSA_CA", Help: "PEM file with the root certificates of the time-stamp authority. Set: a time stamp of another one is refused, and `kasane verify` names those it does not know. Not set: whoever answers at the address is believed.",
		get: func(c *Config) *string { return &c.TSARoots }},
	{Env: "KASANE_BACKUP_TO", Help: "Public keys (`age1…`, from `kasane backup-key`) to which `kasane backup` and the nightly backup lock what they write, with commas between. The private halves belong away from this machine.",
		get: func(c *Config) *string { return &c.BackupTo }},
	{Env: "KASANE_BACKUP_DIR", Help: "Folder for a backup each night (after 01:00 Japan time), best on another disk. With several nodes: the same folder on each. Needs `KASANE_BACKUP_TO`. Not set: no nightly backup.",
		get: func(c *Config) *string { return &c.BackupDir }},
	{Env: "KASANE_BACKUP_KEEP", Default: "14", Help: "How many of the nightly backups stay; older ones are removed when a new one is whole.",
		parse: parseKeep},
	{Env: "KASANE_JOB_DAYS", Default: "7", Help: "For how many days 処理の状況 shows work in the background, and what it made can be fetched; 1 to 90. Results lie sealed in the database.",
		parse: parseJobDays},
	{Env: "KASANE_METRICS_ADDR", Help: "Address and port where `/metrics` is answered for Prometheus, e.g. `127.0.0.1:9464`; never on the port of the people. Nobody is asked for a password there: keep it within reach of the monitoring alone. Not set: no metrics.",
		get: func(c *Config) *string { return &c.MetricsAddr }},
	{Env: "KASANE_TRACES_URL", Help: "Where traces go: the address of a collector of OpenTelemetry that takes OTLP over HTTP as JSON, e.g. `http://127.0.0.1:4318/v1/traces`. They hold times and counts, nothing of anybody. Not set: none are made, no outbound connection.",
		get: func(c *Config) *string { return &c.TracesURL }},
	{Env: "KASANE_SMTP_ADDR", Help: "Mail server for お知らせ, `mail.example.lg.jp:587`. Needs `KASANE_SMTP_FROM` and `KASANE_PUBLIC_URL`. Mails hold numbers, dates and links, no word of a case. Not set: no mail, no outbound connection.",
		get: func(c *Config) *string { return &c.SMTPAddr }},
	{Env: "KASANE_SMTP_TLS", Default: "starttls", Help: "`starttls` (refused where the server does not offer it), `tls` (from the first byte, often port 465), `none` (a server on this machine or in the same closed network; never with a password).",
		get: func(c *Config) *string { return &c.SMTPTLS }},
	{Env: "KASANE_SMTP_USER", Help: "Account at the mail server. Not set: without signing in.",
		get: func(c *Config) *string { return &c.SMTPUser }},
	{Env: "KASANE_SMTP_PASSWORD", Secret: true, Help: "Its password.",
		get: func(c *Config) *string { return &c.SMTPPassword }},
	{Env: "KASANE_SMTP_FROM", Help: "Address of the sender, e.g. `kasane@example.lg.jp`. What comes back is read by whoever has it.",
		get: func(c *Config) *string { return &c.SMTPFrom }},
	{Env: "KASANE_WEBHOOKS", Default: "on", Help: "`off`: nothing is sent to the addresses that municipalities have set up for 連携先への通知, and what happens waits, for at most 14 days; for a copy of the installation that is tried out. `on`: no outbound connection either until one is set up.",
		get: func(c *Config) *string { return &c.Webhooks }},
	{Env: "KASANE_WEBHOOK_HTTP_HOSTS", Help: "Hosts, with commas between, to which 連携先への通知 may go by `http://`, in a closed network: `renkei.example.lg.jp`, or with its port `10.1.2.3:8080`. Not set: `https://` alone.",
		parse: parseHTTPHosts},
	{Env: "KASANE_WEBHOOK_NETWORKS", Help: "Private networks, with commas between, to which 連携先への通知 may go: `10.1.2.0/24,192.168.5.7`. They open private addresses alone: this machine, its neighbours by cable (169.254.0.0/16) and the like are never dialled. Not set: public addresses alone.",
		parse: parseWebhookNetworks},
	{Env: "KASANE_WEBHOOK_CA", Help: "PEM file with root certificates that are believed of receivers of 連携先への通知, beside those of the system.",
		get: func(c *Config) *string { return &c.WebhookCA }},
	{Env: "KASANE_LOG_LEVEL", Default: "info", Help: "`debug`, `info`, `warn` or `error`. No level logs names or text of a case.",
		get: func(c *Config) *string { return &c.LogLevel }},
	{Env: "KASANE_LOG_FORMAT", Default: "text", Help: "`text` or `json`.",
		get: func(c *Config) *string { return &c.LogFormat }},
}

// FromEnv reads the variables that are set over the defaults. An empty variable counts as not set.
func FromEnv(lookup func(string) (string, bool)) (Config, error) {
	c := Defaults()
	var errs []error
	for _, o := range options {
		v, ok := lookup(o.Env)
		if !ok || v == "" {
			continue
		}
		if o.parse != nil {
			if err := o.parse(&c, v); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", o.Env, err))
			}
			continue
		}
		*o.get(&c) = v
	}
	return c, errors.Join(errs...)
}

func parseKeep(c *Config, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 10_000 {
		return errors.New("must be a number from 1")
	}
	c.BackupKeep = n
	return nil
}

func parseJobDays(c *Config, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 90 {
		return errors.New("must be a number from 1 to 90")
	}
	c.JobDays = n
	return nil
}

func parseProxies(c *Config, v string) (err error) {
	c.TrustedProxies, err = networks(v)
	return err
}

func parseWebhookNetworks(c *Config, v string) (err error) {
	if c.WebhookNetworks, err = networks(v); err != nil {
		return err
	}
	for _, n := range c.WebhookNetworks {
		if !n.Addr().IsPrivate() && !sharedNetwork.Contains(n.Addr()) {
			return fmt.Errorf("%q is no private network", n)
		}
	}
	return nil
}

// sharedNetwork is that of carriers (RFC 6598), private as well.
var sharedNetwork = netip.MustParsePrefix("100.64.0.0/10")

func parseHTTPHosts(c *Config, v string) error {
	for part := range strings.SplitSeq(v, ",") {
		host := strings.ToLower(strings.TrimSpace(part))
		if !hostForm.MatchString(host) {
			return fmt.Errorf("%q is not a host name", part)
		}
		c.WebhookHTTPHosts = append(c.WebhookHTTPHosts, host)
	}
	return nil
}

// networks reads addresses and networks with commas between.
func networks(v string) (out []netip.Prefix, err error) {
	for part := range strings.SplitSeq(v, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if a, err := netip.ParseAddr(part); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network", part)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

func parseHosts(c *Config, v string) error {
	c.Hosts = map[string]string{}
	for part := range strings.SplitSeq(v, ",") {
		host, code, ok := strings.Cut(strings.TrimSpace(part), "=")
		if host = strings.ToLower(strings.TrimSpace(host)); !ok || !hostForm.MatchString(host) || strings.TrimSpace(code) == "" {
			return fmt.Errorf("%q is not a host name, = and the code of a municipality", part)
		}
		if _, twice := c.Hosts[host]; twice {
			return fmt.Errorf("%s stands there twice", host)
		}
		c.Hosts[host] = strings.TrimSpace(code)
	}
	return nil
}

var hostForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$`)

var nodeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`)

// Validate checks the whole; every problem is named with its variable, and no secret stands in a message.
func (c Config) Validate() error {
	var errs []error
	bad := func(env, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s: %s", env, fmt.Sprintf(format, args...)))
	}
	if _, port, err := net.SplitHostPort(c.Addr); err != nil || port == "" {
		bad("KASANE_ADDR", "%q is not host:port", c.Addr)
	}
	if c.MetricsAddr != "" {
		if _, port, err := net.SplitHostPort(c.MetricsAddr); err != nil || port == "" {
			bad("KASANE_METRICS_ADDR", "%q is not host:port", c.MetricsAddr)
		} else if _, public, _ := net.SplitHostPort(c.Addr); port == public && port != "0" {
			bad("KASANE_METRICS_ADDR", "needs another port than KASANE_ADDR: metrics are not for the people who use Kasane")
		}
	}
	if c.DataDir == "" {
		bad("KASANE_DATA", "must name a directory")
	}
	if c.DatabaseURL != "" && !hasScheme(c.DatabaseURL, "postgres", "postgresql") {
		bad("DATABASE_URL", "must begin with postgres://")
	}
	if c.RedisURL != "" && !hasScheme(c.RedisURL, "redis", "rediss") {
		bad("REDIS_URL", "must begin with redis:// or rediss://")
	}
	if c.RedisURL != "" && c.DatabaseURL == "" {
		bad("REDIS_URL", "needs DATABASE_URL: several nodes cannot share one SQLite file")
	}
	if c.DatabaseURL != "" && c.FileKey == "" {
		bad("KASANE_FILE_KEY", "must be set with DATABASE_URL: every node needs the same key")
	}
	if c.FileKey != "" && !areKeys(c.FileKey) {
		bad("KASANE_FILE_KEY", "must be base64 of 32 bytes (openssl rand -base64 32), or several of them with commas between")
	}
	if c.AuditKey != "" && !isKey(c.AuditKey) {
		bad("KASANE_AUDIT_KEY", "must be base64 of 32 bytes (openssl rand -base64 32)")
	}
	if !nodeForm.MatchString(c.Node) {
		bad("KASANE_NODE", "%q must consist of letters, digits and . _ -", c.Node)
	}
	if c.BasePath != "" && (!basePathForm.MatchString(c.BasePath) || path.Clean(c.BasePath) != c.BasePath) {
		bad("KASANE_BASE_PATH", "%q must look like /kasane, without a slash at the end", c.BasePath)
	}
	if c.OIDCIssuer != "" && (c.OIDCClientID == "" || c.PublicURL == "") {
		bad("KASANE_OIDC_ISSUER", "needs KASANE_OIDC_CLIENT_ID and KASANE_PUBLIC_URL")
	}
	if u, err := url.Parse(c.OIDCIssuer); c.OIDCIssuer != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		bad("KASANE_OIDC_ISSUER", "%q must be an address like https://login.example.lg.jp/realms/city", c.OIDCIssuer)
	}
	if u, err := url.Parse(c.TracesURL); c.TracesURL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		bad("KASANE_TRACES_URL", "%q is not a web address", c.TracesURL)
	}
	if u, err := url.Parse(c.TSAURL); c.TSAURL != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
		bad("KASANE_TSA_URL", "must be an address like https://tsa.example.jp/rfc3161") // it may hold a password
	}
	if c.BackupDir != "" && c.BackupTo == "" {
		bad("KASANE_BACKUP_DIR", "needs KASANE_BACKUP_TO: a backup is never written in clear (kasane backup-key)")
	}
	c.validateSMTP(bad)
	if c.PublicURL != "" && !isOrigin(c.PublicURL) {
		bad("KASANE_PUBLIC_URL", "%q must be an origin like https://kasane.example.lg.jp", c.PublicURL)
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		bad("KASANE_TLS_CERT", "and KASANE_TLS_KEY go together")
	}
	oneOf := func(env, v string, allowed ...string) {
		if !slices.Contains(allowed, v) {
			bad(env, "%q is none of %s", v, strings.Join(allowed, ", "))
		}
	}
	oneOf("KASANE_SECURE_COOKIE", c.SecureCookie, "auto", "always")
	oneOf("KASANE_SMTP_TLS", c.SMTPTLS, "starttls", "tls", "none")
	oneOf("KASANE_WEBHOOKS", c.Webhooks, "on", "off")
	oneOf("KASANE_LOG_LEVEL", c.LogLevel, "debug", "info", "warn", "error")
	oneOf("KASANE_LOG_FORMAT", c.LogFormat, "text", "json")
	return errors.Join(errs...)
}

func (c Config) validateSMTP(bad func(env, format string, args ...any)) {
	if c.SMTPAddr == "" {
		return
	}
	if host, port, err := net.SplitHostPort(c.SMTPAddr); err != nil || host == "" || port == "" {
		bad("KASANE_SMTP_ADDR", "%q is not host:port", c.SMTPAddr)
	}
	if c.PublicURL == "" {
		bad("KASANE_SMTP_ADDR", "needs KASANE_PUBLIC_URL: mails hold a link")
	}
	if !mailForm.MatchString(c.SMTPFrom) {
		bad("KASANE_SMTP_FROM", "%q must be an address like kasane@example.lg.jp", c.SMTPFrom)
	}
	if (c.SMTPUser == "") != (c.SMTPPassword == "") {
		bad("KASANE_SMTP_USER", "and KASANE_SMTP_PASSWORD go together")
	}
	if c.SMTPTLS == "none" && c.SMTPUser != "" {
		bad("KASANE_SMTP_TLS", "a password is not sent in clear: use starttls or tls")
	}
}

var mailForm = regexp.MustCompile(`^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

var basePathForm = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)+$`)

func hasScheme(s string, schemes ...string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && slices.Contains(schemes, scheme)
}

func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil && u.Path == "" &&
		u.RawQuery == "" && u.Fragment == ""
}

func areKeys(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if !isKey(part) {
			return false
		}
	}
	return true
}

func isKey(s string) bool {
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(s), "="))
	return err == nil && len(b) == 32
}

// Table is the documentation of every variable as Markdown.
func Table() string {
	var b strings.Builder
	b.WriteString("| variable | default | meaning |\n|---|---|---|\n")
	for _, o := range options {
		def, help := "–", o.Help
		if o.Default != "" {
			def = "`" + o.Default + "`"
		}
		if o.Secret {
			help += " Secret."
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", o.Env, def, help)
	}
	return b.String()
}
