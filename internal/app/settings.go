package app

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"kasane/internal/fault"
)

// settings takes --env FILE out of the arguments of any command and lets it read the settings of the service, which systemd alone would give it: without them a command typed by hand would
// look at another database, or know no key. What is set in the environment itself comes first.
func (p *Process) settings() error {
	i := slices.IndexFunc(p.Args, func(a string) bool { return a == "--env" || strings.HasPrefix(a, "--env=") })
	if i < 0 {
		return nil
	}
	_, path, one := strings.Cut(p.Args[i], "=")
	end := i + 1
	if !one {
		if end == len(p.Args) {
			return fault.New(fault.Invalid, "--env に設定のファイル(/etc/kasane.env など)を渡してください。")
		}
		path, end = p.Args[end], end+1
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return fault.Wrap(fault.NotFound, err, "設定のファイルが読めません。名前と、読む権限(root か kasane の利用者)を確かめてください。")
	}
	set, err := parseSettings(string(raw))
	if err != nil {
		return err
	}
	around := p.Lookup
	p.Lookup = func(name string) (string, bool) {
		if v, ok := around(name); ok {
			return v, true
		}
		v, ok := set[name]
		return v, ok
	}
	p.Args = slices.Delete(slices.Clone(p.Args), i, end)
	return nil
}

// parseSettings reads lines NAME=VALUE as systemd reads an EnvironmentFile: # and ; begin a comment, quotes around a whole value are taken off. A value that goes on in the next line is refused.
func parseSettings(text string) (map[string]string, error) {
	set := map[string]string{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || strings.ContainsAny(name, " \t\"'") || strings.HasSuffix(value, `\`) {
			return nil, fault.New(fault.Invalid, fmt.Sprintf("設定のファイルの%d行目は、「名前=値」の形ではありません。", n))
		}
		if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
			quote := value[0]
			value = value[1 : len(value)-1]
			if quote == '"' {
				value = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\$`, `$`, "\\`", "`").Replace(value)
			}
		}
		set[name] = value
	}
	return set, nil
}
