package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kasane/internal/store"
)

// What a database may be away by its clock, and how long an answer of it may take.
const (
	clockLook  = 2 * time.Second
	answerLook = 20 * time.Millisecond
)

func (d *doctor) openStore(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, store.Options{DataDir: d.cfg.DataDir, DatabaseURL: d.cfg.DatabaseURL, ReadOnly: true, Now: d.now, MaxConns: 2})
}

func askDatabase(ctx context.Context, d *doctor) []finding {
	if d.cfg.DatabaseURL == "" {
		if _, err := os.Stat(filepath.Join(d.cfg.DataDir, store.FileName)); errors.Is(err, fs.ErrNotExist) {
			return []finding{{look, "データベースがまだありません。", "最初の起動で作られます。前から使っているなら --data の場所が違います。"}}
		}
	}
	st, err := d.openStore(ctx)
	if err != nil {
		return []finding{failing(wrong, "開けません。", err)}
	}
	defer func() { _ = st.Close() }()
	h, err := st.Health(ctx)
	if err != nil {
		return []finding{failing(wrong, "読めません。", err)}
	}
	out := []finding{good("%s、%.1f MB、応答 %.1f ミリ秒", h.Version, float64(h.Bytes)/1e6, float64(h.Answer.Microseconds())/1000)}
	if h.Answer > answerLook {
		out[0].verdict, out[0].advice = look, "データベースの応答が遅くなっています。同じネットワークの近いところに置いてください。"
	}
	if h.Damage != "" {
		out = append(out, finding{wrong, "データベースのファイルが壊れています: " + h.Damage, "使うのをやめ、控えから戻してください(kasane restore)。壊れたファイルは調べるために残してください。"})
	}
	if away := h.Away.Abs(); away > clockLook {
		out = append(out, finding{wrong, "時計がデータベースのサーバーと " + away.Round(time.Second/10).String() + " ずれています。", "両方のコンピューターの時計を、同じ時刻サーバー(NTP)に合わせてください。"})
	}
	return out
}

func askRedis(ctx context.Context, d *doctor) []finding {
	if d.cfg.RedisURL == "" {
		return nil
	}
	b, err := openBus(d.cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		return []finding{failing(wrong, "REDIS_URL を読めません。", err)}
	}
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- b.run(running) }()
	defer func() { stop(); <-done }()
	for begun := time.Now(); !b.Up(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > 5*time.Second || ctx.Err() != nil {
			return []finding{{wrong, "つながりません。", "Redis が動いているか、REDIS_URL、ファイアウォールを確かめてください。Kasane は動き、編集は保存されますが、ほかのノードに届くのが遅れます。"}}
		}
	}
	return []finding{good("つながります。")}
}

func askNodes(ctx context.Context, d *doctor) []finding {
	if d.cfg.DatabaseURL == "" {
		return nil
	}
	st, err := d.openStore(ctx)
	if err != nil {
		return nil // said by the question before
	}
	defer func() { _ = st.Close() }()
	nodes, err := st.LiveNodes(ctx)
	if err != nil {
		return []finding{failing(wrong, "ノードの一覧を読めません。", err)}
	}
	local := 0
	for _, n := range nodes {
		if n.Bus == busLocal {
			local++
		}
	}
	f := good("動いているノード %d台", len(nodes))
	if len(nodes) > 1 && local > 0 {
		f.verdict, f.advice = wrong, "REDIS_URL のないノードがあります。同じ会議の人どうしの変更が届くのが遅れます。全ノードに同じ REDIS_URL を設定してください。"
	}
	return []finding{f}
}

// askMail signs in at the mail server and names the sender; no mail is sent.
func askMail(ctx context.Context, d *doctor) []finding {
	server := mailServer(d.cfg)
	if server == nil {
		return nil
	}
	if err := server.Check(ctx); err != nil {
		return []finding{{wrong, "メールサーバー " + d.cfg.SMTPAddr + " が、メールを受け取りません。", "KASANE_SMTP_… の設定、パスワード、送信を許すアドレスを確かめてください: " + err.Error()}}
	}
	return []finding{good("%s が、%s からのメールを受け取ります。", d.cfg.SMTPAddr, d.cfg.SMTPFrom)}
}

// askProxy goes the way a browser goes: through whatever stands before the server.
func askProxy(ctx context.Context, d *doctor) []finding {
	if d.url == "" {
		return []finding{{fine, "調べていません。", "利用者が開くアドレスを --url https://… で渡すと、プロキシがWebSocketを通すかを調べます。"}}
	}
	base := strings.TrimSuffix(d.url, "/")
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return []finding{{wrong, "--url が https://… の形ではありません。", "利用者がブラウザーで開くアドレスを渡してください。"}}
	}
	res, err := ask(ctx, base+"/livez", nil)
	if err != nil {
		return []finding{{wrong, base + " につながりません。", "Kasane が動いているか、プロキシの設定、証明書を確かめてください: " + err.Error()}}
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return []finding{{wrong, "/livez が " + res.Status + " を返します。", "プロキシの転送先と KASANE_BASE_PATH が合っているか確かめてください。"}}
	}
	out := []finding{good("%s につながります。", base)}
	key := make([]byte, 16)
	_, _ = rand.Read(key)
	res, err = ask(ctx, base+"/hp", http.Header{"Connection": {"Upgrade"}, "Upgrade": {"websocket"}, "Sec-Websocket-Version": {"13"},
		"Sec-Websocket-Key": {base64.StdEncoding.EncodeToString(key)}, "Origin": {u.Scheme + "://" + u.Host}})
	if err == nil {
		_ = res.Body.Close()
	}
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		return append(out, finding{look, "WebSocketが通りません。", "プロキシで Upgrade と Connection を転送してください(見本は deploy/nginx.conf)。会議は予備の回線(HTTP)で続けられますが、反映が少し遅くなります。"})
	}
	out = append(out, good("WebSocketが通ります。"))
	if u.Scheme == "http" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" {
		out = append(out, finding{wrong, "暗号化されていない http:// です。", "個人情報が流れます。プロキシか KASANE_TLS_CERT で https:// にしてください。"})
	}
	return out
}

func ask(ctx context.Context, address string, header http.Header) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	if header != nil {
		req.Header = header
	}
	client := &http.Client{Timeout: 10 * time.Second}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if header == nil {
		_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	}
	return res, nil
}
