//go:build linux

package faults_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kasane/internal/archive"
	faulty "kasane/internal/fault"
	"kasane/internal/imports"
	"kasane/internal/jobs"
	"kasane/internal/jptime"
	"kasane/internal/store"
)

// caller sends requests to a node in the name of somebody.
type caller struct {
	t      testing.TB
	cookie string
}

func (c caller) send(method, url, kind string, body []byte, into any) []byte {
	c.t.Helper()
	req, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Cookie", c.cookie)
	req.Header.Set("X-Kasane", "1")
	req.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s %s: %s %v %.300s", method, url, res.Status, err, raw)
	}
	if into != nil {
		if err := json.Unmarshal(raw, into); err != nil {
			c.t.Fatal(err)
		}
	}
	return raw
}

func (c caller) json(method, url string, body, into any) {
	c.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	c.send(method, url, "application/json", raw, into)
}

// bring sends a list with what is said of it.
func (c caller) bring(url, list string, how, into any) {
	c.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	said, err := json.Marshal(how)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = form.WriteField("how", string(said))
	w, err := form.CreateFormFile("file", "名簿.csv")
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = w.Write([]byte(list))
	_ = form.Close()
	c.send(http.MethodPost, url, form.FormDataContentType(), b.Bytes(), into)
}

// lists and rows are how many lists of how many people come in at once: enough that the node dies in the middle.
const lists, rows = 4, 300

// names is a list of people who are in no other list.
func names(list int) string {
	var b strings.Builder
	b.WriteString("受付日,氏名,生年月日,相談内容\n")
	for i := range rows {
		n := list*rows + i
		fmt.Fprintf(&b, "2024/4/%d,取込 %c%c,19%d/1/%d,家賃の相談\n", i%28+1, '一'+rune(n%97), '一'+rune(n/97), 40+i%50, i%28+1)
	}
	return b.String()
}

// begin has the imports of all lists begun at the same moment, and waits until the first rows are in and others are not.
func (c caller) begin(url string) (ids []string) {
	c.t.Helper()
	var plans []imports.Preview
	for n := range lists {
		var p imports.Preview
		c.bring(url+"/api/imports/look", names(n), imports.How{}, &p)
		if p.Good != rows {
			c.t.Fatalf("%d good rows: %v", p.Good, p.Problems)
		}
		plans, ids = append(plans, p), append(ids, fmt.Sprint("listofpeoplethatcomein0", n))
	}
	var all sync.WaitGroup
	for n, id := range ids {
		all.Go(func() {
			var v jobs.View
			c.bring(url+"/api/jobs/import", names(n), imports.Order{ID: id, Plan: plans[n].Plan}, &v)
		})
	}
	all.Wait()
	until(c.t, "the first rows are in", func() bool {
		for _, b := range c.imports(url) {
			if b.Made > 0 {
				return true
			}
		}
		return false
	})
	if c.over(url, ids) {
		c.t.Fatal("all of it was over before the node could be killed")
	}
	return ids
}

func (c caller) imports(url string) []imports.Batch {
	c.t.Helper()
	var got struct{ Imports []imports.Batch }
	c.json(http.MethodGet, url+"/api/imports", nil, &got)
	return got.Imports
}

func (c caller) over(url string, ids []string) bool {
	for _, id := range ids {
		if !c.job(url, id).State.Over() {
			return false
		}
	}
	return true
}

func (c caller) job(url, id string) (v jobs.View) {
	c.t.Helper()
	c.json(http.MethodGet, url+"/api/jobs/"+id, nil, &v)
	return v
}

// listed holds the list of imports against what was brought, and takes some of them back: what goes is every row, once.
func (c caller) listed(url string, ids, back []string) {
	c.t.Helper()
	all := c.imports(url)
	for _, id := range ids {
		i := slices.IndexFunc(all, func(b imports.Batch) bool { return b.ID == id })
		if v := c.job(url, id); i < 0 || all[i].Made != rows || all[i].State != imports.StateDone || v.State != jobs.StateDone || v.Done != rows {
			c.t.Errorf("%s: %+v %+v", id, v, all)
		}
	}
	for _, id := range back {
		var u imports.Undone
		c.json(http.MethodDelete, url+"/api/imports/"+id, nil, &u)
		if u.Removed != rows || len(u.Kept) != 0 || u.Others != 0 {
			c.t.Errorf("taken back: %d of %d, %d kept", u.Removed, rows, len(u.Kept))
		}
	}
}

// TestWorkSurvivesTheNode: the node that takes a list in is killed in the middle; the other one goes on, and every row is there once. So with a transfer package: its
// files are those of one that was made in peace.
func TestWorkSurvivesTheNode(t *testing.T) {
	t.Parallel()
	pg := newPostgres(t)
	var nodes [2]*node
	for i := range nodes {
		nodes[i] = newNode(t, t.TempDir(), "DATABASE_URL="+pg.url(pg.addr()), "REDIS_URL=", fmt.Sprint("KASANE_NODE=node", i), "KASANE_FILE_KEY="+base64.StdEncoding.EncodeToString(make([]byte, 32)))
	}
	st, err := store.Open(context.Background(), store.Options{DatabaseURL: pg.url(pg.addr()), ReadOnly: true, MaxConns: 2, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	towns, err := st.ListMunicipalities(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	desk := caller{t, signIn(t, nodes[0].url, "jimukyoku")}
	ids := desk.begin(nodes[0].url)
	running := map[string]int{} // which node works it
	for _, id := range ids {
		j, err := st.Job(context.Background(), towns[0].ID, id)
		if err != nil {
			t.Fatal(err)
		}
		if j.State == jobs.StateRunning {
			running[id] = int(j.Node[len("node")] - '0')
		}
	}
	if len(running) == 0 {
		t.Fatal("nobody works on anything")
	}
	dead := running[slices.Sorted(maps.Keys(running))[0]]
	nodes[dead].kill()
	other := nodes[1-dead]
	begun := time.Now()
	until(t, "the other node ends it", func() bool { return desk.over(other.url, ids) })
	t.Logf("the other node ended all of it %v after the kill", time.Since(begun).Round(time.Millisecond))
	var taken []string
	for _, id := range ids {
		j, err := st.Job(context.Background(), towns[0].ID, id)
		if err != nil {
			t.Fatal(err)
		}
		if j.Turn > 1 {
			taken = append(taken, id)
		}
		if _, err := st.JobPart(context.Background(), j.Tenant, id, jobs.SideGiven, 0); !faulty.Is(err, faulty.NotFound) {
			t.Errorf("the list is still there: %v", err)
		}
	}
	if len(taken) == 0 {
		t.Error("no work was taken up by the other node")
	}
	desk.listed(other.url, ids, taken)

	keeper := caller{t, signIn(t, other.url, "shukan")}
	year := jptime.DateOf(time.Now()).FiscalYear()
	pack := func() map[string]string {
		var v jobs.View
		keeper.json(http.MethodPost, other.url+"/api/jobs/package", map[string]int{"year": year}, &v)
		until(t, "the package is made", func() bool { return keeper.job(other.url, v.ID).State.Over() })
		return unzipped(t, keeper.send(http.MethodGet, other.url+"/api/jobs/"+v.ID+"/result", "", nil, nil))
	}
	one, two := pack(), pack()
	for name, sum := range one {
		if strings.Contains(name, "/data/pdf/") && two[name] != sum {
			t.Errorf("%s is another one the second time", name)
		}
	}
	if len(one) < 6 || len(one) != len(two) {
		t.Errorf("%d and %d files", len(one), len(two))
	}
}

// unzipped are the hashes of the files of a zip.
func unzipped(t testing.TB, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = archive.Sum(b)
	}
	return out
}

// TestWorkSurvivesARestart: one node on SQLite, killed in the middle of a list, goes on when it is started again.
func TestWorkSurvivesARestart(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	n := newNode(t, data)
	desk := caller{t, signIn(t, n.url, "jimukyoku")}
	ids := desk.begin(n.url)
	n.kill()
	n.start()
	until(t, "it ends after the restart", func() bool { return desk.over(n.url, ids) })
	desk.listed(n.url, ids, ids)
}
