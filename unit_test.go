package kasane_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kasane/internal/config"
)

// The unit file is read as systemd reads it: there is none here to start it with. Keys are those of systemd.unit, systemd.service, systemd.exec and systemd.kill.
func TestUnit(t *testing.T) {
	t.Parallel()
	known := map[string][]string{
		"Unit": {"Description", "Documentation", "After", "Wants"},
		"Service": {"Type", "User", "Group", "EnvironmentFile", "ExecStart", "TimeoutStopSec", "Restart", "RestartSec", "LimitNOFILE", "StateDirectory", "StateDirectoryMode",
			"UMask", "NoNewPrivileges", "ReadWritePaths", "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables", "ProtectKernelModules",
			"ProtectControlGroups", "RestrictAddressFamilies", "RestrictNamespaces", "LockPersonality", "MemoryDenyWriteExecute", "SystemCallArchitectures", "CapabilityBoundingSet"},
		"Install": {"WantedBy"},
	}
	raw, err := os.ReadFile("deploy/kasane.service")
	if err != nil {
		t.Fatal(err)
	}
	values, section := map[string]string{}, ""
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
			if known[section] == nil {
				t.Errorf("line %d: section %s", n+1, section)
			}
		default:
			key, value, ok := strings.Cut(line, "=")
			if !ok || !slices.Contains(known[section], key) || values[key] != "" {
				t.Errorf("line %d: %s in [%s]", n+1, line, section)
			}
			values[key] = value
		}
	}
	for key, want := range map[string]string{"User": "kasane", "Restart": "always", "ProtectSystem": "strict", "StateDirectory": "kasane", "ExecStart": "/usr/local/bin/kasane serve --data /var/lib/kasane"} {
		if values[key] != want {
			t.Errorf("%s=%s", key, values[key])
		}
	}
	if values["TimeoutStopSec"] < "20" { // the program takes at most 15 seconds itself
		t.Errorf("killed after %s s", values["TimeoutStopSec"])
	}
}

// Every variable of the example is one the program knows.
func TestEnvExample(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("deploy/kasane.env.example")
	if err != nil {
		t.Fatal(err)
	}
	table := config.Table()
	found := regexp.MustCompile(`(?m)^#?([A-Z_]+)=`).FindAllStringSubmatch(string(raw), -1)
	if len(found) < 3 {
		t.Fatalf("%d variables", len(found))
	}
	for _, m := range found {
		if !strings.Contains(table, "`"+m[1]+"`") {
			t.Errorf("%s is no variable of the program", m[1])
		}
	}
}
