// Package pdftest holds what tests of documents share: the outside programs that judge a file. A missing program
// fails the test; it is never skipped.
package pdftest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"

	"kasane/internal/pdf/pdfa"
)

func init() { api.DisableConfigDir() } // it would make a folder in the home of whoever tests

// Run runs a program and gives its standard output; anything but success fails the test.
func Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed for this test (apt install poppler-utils qpdf openssl): %v", name, err)
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.String()
}

// Save writes the file into the test's directory.
func Save(t testing.TB, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Text is the text layer as poppler reads it; args such as -layout or -raw choose its order.
func Text(t testing.TB, pdf []byte, args ...string) string {
	t.Helper()
	return Run(t, "pdftotext", append(args, "-enc", "UTF-8", Save(t, pdf), "-")...)
}

// Ink is a text without white space, for comparing what was written with what is read.
func Ink(s string) string { return strings.Join(strings.Fields(s), "") }

// Sound holds a file against our own lint, qpdf, pdfcpu and the list of its fonts.
func Sound(t testing.TB, pdf []byte) {
	t.Helper()
	for _, m := range pdfa.Lint(pdf) {
		t.Errorf("lint: %s", m)
	}
	path := Save(t, pdf)
	if out := Run(t, "qpdf", "--check", path); strings.Contains(strings.ToUpper(out), "WARN") || !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf: %s", out)
	}
	if err := api.Validate(bytes.NewReader(pdf), nil); err != nil {
		t.Errorf("pdfcpu: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(Run(t, "pdffonts", path)), "\n")
	if len(lines) < 3 {
		t.Fatalf("pdffonts: no fonts\n%s", strings.Join(lines, "\n"))
	}
	for _, l := range lines[2:] {
		if !strings.Contains(strings.Join(strings.Fields(l), " "), "yes yes yes") {
			t.Errorf("pdffonts: not embedded, cut and mapped: %s", l)
		}
	}
}
