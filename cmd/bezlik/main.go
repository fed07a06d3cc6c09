// Command bezlik finds Russian personal data in databases, files, dumps and chat logs, and lets out only what a
// privacy policy allows, depersonalized.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bezlik/pipeline"
	"bezlik/rules"
)

// version is set by the linker for releases.
var version = "0.1.0-dev"

// The exit codes.
const (
	exitClean      = 0
	exitFindings   = 1 // at or above the gate, the scan is complete
	exitUsage      = 2 // wrong usage or configuration
	exitIncomplete = 3 // something that should have been read was not, or the work failed
	exitNothing    = 4 // nothing of a known format to scan
	exitRefused    = 5 // by the policy, or by a gate
	exitHeld       = 6 // a named document or answer is missing
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	code := run(ctx, os.Args[1:], &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv})
	stop()
	os.Exit(code)
}

// An app is what the commands share.
type app struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
	args     []string // as typed
	lang     string
	quiet    bool
	rules    []string // files of the user's own kinds
	ruleset  string   // digests of these files: a state file is of use to the same rules only
	undo     []func() // of what they have declared
}

// run runs one command line and returns its exit code. It is the whole program but for the process around it.
func run(ctx context.Context, args []string, a *app) int {
	out := &faithful{w: a.out}
	a.out, a.args = out, args
	code := a.execute(ctx, args)
	if out.err != nil && code != exitIncomplete { // what was printed is not all that there was to say
		a.complain(pipeline.Sanitize("stdout", out.err))
		return exitIncomplete
	}
	return code
}

// faithful remembers that writing failed, whether its caller asks or not.
type faithful struct {
	w   io.Writer
	err error
}

func (f *faithful) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if err != nil && f.err == nil {
		f.err = err
	}
	return n, err
}

func (a *app) execute(ctx context.Context, args []string) int {
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := pipeline.Guard(func() error { return root.ExecuteContext(ctx) })
	for _, undo := range slices.Backward(a.undo) {
		undo()
	}
	a.undo, a.ruleset = nil, ""
	if err == nil {
		return exitClean
	}
	var e *exit
	if errors.As(err, &e) {
		if e.err != nil {
			a.complain(e.err)
		}
		return e.code
	}
	if ctx.Err() != nil {
		a.complain(ctx.Err())
		return exitIncomplete
	}
	var gate *pipeline.GateError
	if errors.As(err, &gate) {
		a.complain(err)
		return exitRefused
	}
	if usage(err) {
		a.complain(&exit{code: exitUsage, err: err})
		return exitUsage
	}
	a.complain(err)
	return exitIncomplete
}

// exit is an error with an exit code. Its text is ours, or that of a library about the command line or a
// configuration file, never about data.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// wrong says that the command line or a configuration is wrong.
func wrong(format string, args ...any) error {
	return &exit{code: exitUsage, err: clean(fmt.Sprintf(format, args...))}
}

// clean is a text of ours.
type clean string

func (c clean) Error() string                   { return string(c) }
func (c clean) Clean() (string, string, string) { return "usage", string(c), "" }

// usage says whether an error is cobra's about the command line.
func usage(err error) bool {
	s := err.Error()
	for _, p := range []string{"unknown command", "unknown flag", "unknown shorthand", "accepts ", "requires at least", "required flag", "invalid argument", "flag needs an argument", "if any flags in the group", "bad flag syntax"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// complain prints an error for people: ours as they are, others through the one boundary.
func (a *app) complain(err error) {
	var e *exit
	var c clean
	var file *rules.FileError
	var files rules.FileErrors
	text := ""
	switch {
	case errors.As(err, &files):
		text = a.fileErrors(files)
	case errors.As(err, &file):
		text = a.fileErrors(rules.FileErrors{file})
	case errors.As(err, &c):
		text = a.plain(err.Error())
	case errors.As(err, &e) && e.err != nil && usage(e.err):
		text = a.plain(e.err.Error())
	default:
		text = strings.TrimPrefix(a.where(pipeline.Sanitize("", err)), ": ")
	}
	lines := strings.Split(hidePasswords(text, a.args), "\n")
	for i := range lines {
		lines[i] = printable(strings.ReplaceAll(lines[i], "\t", "  "))
	}
	fmt.Fprintf(a.err, "bezlik: %s\n", strings.Join(lines, "\n"))
}

// say chooses between the two languages of our texts.
func (a *app) say(ru, en string) string {
	if a.lang == "ru" {
		return ru
	}
	return en
}

// note prints a line for people on stderr.
func (a *app) note(ru, en string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, a.say(ru, en)+"\n", args...)
	}
}

// useCores keeps the program to so many cores, readers and all, until the function that it returns is called; 0 is all.
func useCores(n int) (back func()) {
	before := runtime.GOMAXPROCS(0)
	if n > 0 && n < before {
		runtime.GOMAXPROCS(n)
	}
	return func() { runtime.GOMAXPROCS(before) }
}

func (a *app) root() *cobra.Command {
	a.lang = "en"
	for _, k := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := a.env(k); v != "" {
			if strings.HasPrefix(v, "ru") {
				a.lang = "ru"
			}
			break
		}
	}
	a.lang = asked(a.args, a.lang)
	root := &cobra.Command{
		Use:           "bezlik",
		Short:         "Finds Russian personal data; lets out only what a privacy policy allows, depersonalized",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if a.lang != "ru" && a.lang != "en" {
				return wrong("--lang is ru or en")
			}
			return a.addKinds()
		},
	}
	root.PersistentFlags().StringVar(&a.lang, "lang", a.lang, "language of texts for people: ru or en")
	root.PersistentFlags().BoolVarP(&a.quiet, "quiet", "q", false, "no notes and no progress on stderr")
	root.PersistentFlags().StringSliceVar(&a.rules, "rules", nil, "files of kinds of your own (see: bezlik rules check)")
	root.AddCommand(a.scanCommand(), a.mapCommand(), a.decideCommand(), a.exportCommand(), a.maskCommand(), a.policyCommand(),
		a.profileCommand(), a.rulesCommand(), a.ledgerCommand(), a.reportCommand(), a.demoCommand(), a.versionCommand())
	if a.lang == "ru" {
		russianHelp(root)
	}
	return root
}
