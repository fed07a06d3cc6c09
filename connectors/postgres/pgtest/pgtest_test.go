package pgtest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"bezlik/connectors/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func TestURLGivesEachTestAnEmptyDatabase(t *testing.T) {
	a, b := pgtest.URL(t), pgtest.URL(t)
	pgtest.Exec(t, a, "CREATE TABLE x (y int)", "INSERT INTO x VALUES (7)")
	if got := pgtest.Query(t, a, "SELECT y, NULL FROM x"); len(got) != 1 || got[0][0] != "7" || got[0][1] != "NULL" {
		t.Errorf("got %v", got)
	}
	if got := pgtest.Query(t, b, "SELECT count(*) FROM pg_class WHERE relname = 'x'"); got[0][0] != "0" {
		t.Error("the two databases are one")
	}
}

// TestNothingStays runs this binary again, lets it die in the worst ways, and looks for what is left.
func TestNothingStays(t *testing.T) {
	if os.Getenv("PGTEST_CHILD") != "" {
		child(t)
		return
	}
	for _, way := range []string{"fail", "panic", "kill"} {
		t.Run(way, func(t *testing.T) {
			tmp := t.TempDir()
			if err := os.Chmod(tmp, 0o777); err != nil {
				t.Fatal(err)
			}
			for p := tmp; p != os.TempDir() && p != "/"; p = p[:strings.LastIndexByte(p, '/')] {
				os.Chmod(p, 0o777) // the server's user must get in
			}
			c := exec.Command(os.Args[0], "-test.run=^TestNothingStays$")
			c.Env = append(os.Environ(), "PGTEST_CHILD="+way, "TMPDIR="+tmp)
			out, err := c.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "port is ") {
				t.Fatalf("the child did not get a server or did not die: %v %s", err, out)
			}
			for range 200 {
				left, err := os.ReadDir(tmp)
				if err != nil {
					t.Fatal(err)
				}
				if len(left) == 0 && !holds(tmp) {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
			t.Error("a server or its folder is left")
		})
	}
}

func child(t *testing.T) {
	u := pgtest.URL(t)
	os.Stdout.WriteString("port is " + u[strings.LastIndexByte(u, ':'):] + "\n")
	switch os.Getenv("PGTEST_CHILD") {
	case "fail":
		t.Fatal("on purpose")
	case "panic":
		go func() { panic("on purpose") }()
		time.Sleep(time.Minute)
	case "kill":
		p, _ := os.FindProcess(os.Getpid())
		p.Kill()
		time.Sleep(time.Minute)
	}
}

// holds says whether a process has dir on its command line.
func holds(dir string) bool {
	procs, _ := os.ReadDir("/proc")
	for _, p := range procs {
		if line, err := os.ReadFile("/proc/" + p.Name() + "/cmdline"); err == nil && strings.Contains(string(line), dir) {
			return true
		}
	}
	return false
}
