package pgtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const admin = "bezlik"

type server struct {
	dir      string
	port     int
	password string
	pipe     io.Closer // its end is the signal to clean up
	shell    *exec.Cmd
}

var running struct {
	sync.Mutex
	tried bool
	s     *server
	err   error
}

func start() (*server, error) {
	running.Lock()
	defer running.Unlock()
	if !running.tried {
		running.tried = true
		running.s, running.err = newServer()
	}
	return running.s, running.err
}

func stop() {
	running.Lock()
	defer running.Unlock()
	if running.s != nil {
		running.s.stop()
		running.s, running.err = nil, errors.New("the server was stopped")
	}
}

func (s *server) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(admin, s.password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

// supervise is run by sh as the server's user. It outlives the test binary by a moment.
// The server is stopped through pg_ctl, so that a server restarted by a test is stopped as well.
const supervise = `"$1/postgres" -D "$2/data" >"$2/log" 2>&1 </dev/null &
read -r _
"$1/pg_ctl" stop -s -D "$2/data" -m immediate >/dev/null 2>&1
wait
rm -rf "$2"`

const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 50
shared_buffers = 64MB
max_wal_size = 2GB
logging_collector = off
`

func newServer() (*server, error) {
	postgres, err := find("postgres")
	if err != nil {
		return nil, err
	}
	if _, err = find("initdb"); err != nil {
		return nil, err
	}
	if postgres, err = filepath.EvalSymlinks(postgres); err != nil {
		return nil, err
	}
	bin := filepath.Dir(postgres)
	cred, err := credential()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pgtest-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, password: random()}
	if err = s.init(bin, cred); err == nil {
		for range 5 { // the free port may be taken before the server gets it
			if err = s.launch(bin, cred); err == nil {
				return s, nil
			}
		}
	}
	os.RemoveAll(dir)
	return nil, err
}

func (s *server) init(bin string, cred *syscall.Credential) error {
	pw := filepath.Join(s.dir, "pw")
	if err := os.WriteFile(pw, []byte(s.password+"\n"), 0o600); err != nil {
		return err
	}
	if cred != nil {
		for _, p := range []string{s.dir, pw} {
			if err := os.Chown(p, int(cred.Uid), int(cred.Gid)); err != nil {
				return err
			}
		}
	}
	c := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", admin, "--pwfile="+pw,
		"--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync")
	c.Dir, c.SysProcAttr = s.dir, &syscall.SysProcAttr{Credential: cred}
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	conf, err := os.OpenFile(filepath.Join(s.dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = conf.WriteString(settings)
	return errors.Join(err, conf.Close())
}

func (s *server) launch(bin string, cred *syscall.Credential) error {
	var err error
	if s.port, err = freePort(); err != nil {
		return err
	}
	conf, err := os.OpenFile(filepath.Join(s.dir, "data", "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(conf, "port = %d\n", s.port)
	if err = errors.Join(err, conf.Close()); err != nil {
		return err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	// Nothing of the test binary is inherited but the pipe: go test waits for whoever holds its output.
	c := exec.Command("/bin/sh", "-c", supervise, "sh", bin, s.dir)
	c.Dir, c.Stdin = "/", r
	c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setsid: true}
	err = c.Start()
	r.Close()
	if err != nil {
		w.Close()
		return err
	}
	s.pipe, s.shell = w, c
	if err = s.wait(); err != nil {
		log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		s.kill()
		return fmt.Errorf("%w: %s", err, log)
	}
	return nil
}

// wait returns when the server answers.
func (s *server) wait() error {
	var err error
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		var c *pgconn.PgConn
		if c, err = pgconn.Connect(ctx, s.url("postgres")); err == nil {
			c.Close(ctx)
			cancel()
			return nil
		}
		cancel()
		if _, e := os.Stat(filepath.Join(s.dir, "data", "postmaster.pid")); e != nil && errors.Is(err, syscall.ECONNREFUSED) {
			if log, _ := os.ReadFile(filepath.Join(s.dir, "log")); len(log) > 0 {
				return err // it started, said why not, and went
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// kill stops the server and keeps the folder, for another attempt.
func (s *server) kill() {
	syscall.Kill(-s.shell.Process.Pid, syscall.SIGKILL)
	s.pipe.Close()
	s.shell.Wait()
}

func (s *server) stop() {
	s.pipe.Close()
	done := make(chan struct{})
	go func() { s.shell.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		s.kill()
	}
	os.RemoveAll(s.dir)
}

// credential is the user that runs the server: postgres when we are root, which a server refuses to be.
func credential() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, errors.New("running as root and there is no user postgres: install the Debian package postgresql")
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func random() string {
	var b [12]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
