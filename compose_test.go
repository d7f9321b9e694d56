package kasane_test

import (
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"kasane/internal/config"
)

type composeFile struct {
	Services map[string]struct {
		Image       string
		Build       any
		Environment map[string]string
		Ports       []string
		Volumes     []string
		Healthcheck map[string]any
		DependsOn   any `yaml:"depends_on"`
	}
	Volumes map[string]any
}

// TestCompose reads docker-compose.yml as written: there is no engine here to start it with.
func TestCompose(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var c composeFile
	if err := yaml.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"node1", "node2", "postgres", "redis", "proxy"} {
		if _, ok := c.Services[name]; !ok {
			t.Errorf("service %s is missing", name)
		}
	}
	for _, name := range []string{"postgres", "redis"} {
		if c.Services[name].Healthcheck == nil {
			t.Errorf("%s has no health check; the nodes wait for it", name)
		}
	}
	table := config.Table()
	seen := map[string]bool{}
	for _, node := range []string{"node1", "node2"} {
		env := c.Services[node].Environment
		for key := range env {
			if !strings.Contains(table, "`"+key+"`") {
				t.Errorf("%s sets %s, which the program does not know", node, key)
			}
		}
		lookup := func(key string) (string, bool) {
			v, ok := env[key]
			if strings.HasPrefix(v, "${KASANE_FILE_KEY") {
				v = strings.Repeat("A", 43) + "="
			}
			return strings.ReplaceAll(v, "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}", "x"), ok
		}
		cfg, err := config.FromEnv(lookup)
		if err != nil {
			t.Fatalf("%s: %v", node, err)
		}
		if err := cfg.Validate(); err != nil {
			t.Errorf("%s: %v", node, err)
		}
		if cfg.RedisURL == "" || cfg.DatabaseURL == "" || seen[cfg.Node] {
			t.Errorf("%s: two nodes need PostgreSQL, Redis and names of their own", node)
		}
		seen[cfg.Node] = true
	}
	for _, port := range c.Services["proxy"].Ports {
		if !strings.HasPrefix(port, "127.0.0.1:") {
			t.Errorf("port %s is open to the network without TLS", port)
		}
	}
	proxy, err := os.ReadFile("deploy/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"server node1:8080", "server node2:8080", "Upgrade $http_upgrade", "proxy_buffering off", "gzip off", "hash $http_x_kasane_route consistent", "proxy_pass http://$pool", "client_max_body_size 25m"} {
		if !strings.Contains(string(proxy), want) {
			t.Errorf("deploy/nginx.conf lacks %q", want)
		}
	}
}
