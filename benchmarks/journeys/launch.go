package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// launchWord makes the runner start one process and account for it. A child's peak RSS begins with that of the
// process that forked it, so it has to be forked by something small: the runner itself may be large.
const launchWord = "launch-and-account"

// usage is what one process took.
type usage struct {
	CPU, Wall float64 // seconds; CPU is user and system
	RSS       int64   // peak, bytes
	Exit      int
}

// launch runs argv so many times with the given stdin and stdout and writes its usage to descriptor 3: that of the mean
// run and the highest peak.
func launch(args []string) int {
	stdin, stdout, argv := args[0], args[1], args[3:]
	times, err := strconv.Atoi(args[2])
	if err != nil || times < 1 {
		return 119
	}
	var u usage
	for i := range times {
		one, code := launchOnce(stdin, stdout, argv)
		switch {
		case code != 0:
			return code
		case i > 0 && one.Exit != u.Exit:
			return 124
		}
		u = usage{CPU: u.CPU + one.CPU, Wall: u.Wall + one.Wall, RSS: max(u.RSS, one.RSS), Exit: one.Exit}
	}
	u.CPU, u.Wall = u.CPU/float64(times), u.Wall/float64(times)
	if json.NewEncoder(os.NewFile(3, "result")).Encode(u) != nil {
		return 123
	}
	return 0
}

// launchOnce returns what a process took, or an exit code for the launcher.
func launchOnce(stdin, stdout string, argv []string) (usage, int) {
	in, err := os.Open(stdin)
	if err != nil {
		return usage{}, 120
	}
	defer in.Close()
	out, err := os.OpenFile(stdout, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return usage{}, 121
	}
	defer out.Close()
	c := exec.Command(argv[0], argv[1:]...)
	c.Stdin, c.Stdout, c.Stderr = in, out, os.Stderr
	start := time.Now()
	err = c.Run()
	elapsed := time.Since(start)
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		return usage{}, 122
	}
	s := c.ProcessState
	u := usage{CPU: (s.UserTime() + s.SystemTime()).Seconds(), Wall: elapsed.Seconds(), Exit: s.ExitCode()}
	if r, ok := s.SysUsage().(*syscall.Rusage); ok { // from wait4
		u.RSS = r.Maxrss * 1024
	}
	return u, 0
}

// packages says which Debian package brings a program.
var packages = map[string]string{"rg": "ripgrep", "psql": "postgresql-client"}

// account runs a command through launch.
func account(ctx context.Context, c *command, argv []string, stdin, stdout string) (usage, error) {
	if _, err := exec.LookPath(argv[0]); err != nil {
		if p, ok := packages[argv[0]]; ok {
			return usage{}, fmt.Errorf("%s not found: install the Debian package %s", argv[0], p)
		}
		return usage{}, fmt.Errorf("%s: %s not found", c.Name, argv[0])
	}
	self, err := os.Executable()
	if err != nil {
		return usage{}, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return usage{}, err
	}
	defer r.Close()
	x := exec.CommandContext(ctx, self, append([]string{launchWord, stdin, stdout, strconv.Itoa(max(c.Times, 1))}, argv...)...)
	var complaint bytes.Buffer
	x.Stderr, x.ExtraFiles = &complaint, []*os.File{w}
	err = x.Start()
	w.Close()
	if err != nil {
		return usage{}, err
	}
	answer, _ := io.ReadAll(r)
	if err := x.Wait(); err != nil {
		return usage{}, fmt.Errorf("%s could not be run: %w", c.Name, err)
	}
	var u usage
	if err := json.Unmarshal(answer, &u); err != nil {
		return u, fmt.Errorf("%s: no account of it: %w", c.Name, err)
	}
	if u.Exit != 0 && !slices.Contains(c.OK, u.Exit) {
		s := complaint.String()
		return u, fmt.Errorf("%s: exit code %d: %s", c.Name, u.Exit, strings.TrimSpace(s[max(0, len(s)-500):]))
	}
	return u, nil
}
