package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
)

// Sanitize is the one boundary that errors pass on their way to a report, a log or a screen. Parsers, drivers
// and regular expressions quote values in their errors; what comes out here is code, place and hint in our own
// words. A *connectors.Problem and an error that implements Clean are trusted and pass as they are.
func Sanitize(object string, err error) *connectors.Problem {
	p := &connectors.Problem{Object: object, Kind: "failed"}
	var (
		problem *connectors.Problem
		clean   Clean
		path    *fs.PathError
		pg      *pgconn.PgError
		op      *net.OpError
		dns     *net.DNSError
		thrown  *panicked
		errno   syscall.Errno
	)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &problem):
		q := *problem
		if q.Object == "" {
			q.Object = object
		}
		return &q
	case errors.As(err, &clean):
		p.Kind, p.Message, p.Hint = clean.Clean()
	case errors.Is(err, context.Canceled):
		p.Kind, p.Message = "interrupted", "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		p.Kind, p.Message = "timeout", "took too long"
	case errors.As(err, &thrown):
		p.Kind, p.Message = "internal", fmt.Sprintf("internal error (%T in %s)", thrown.value, thrown.where())
		p.Hint = "a bug in bezlik: please report it"
	case errors.Is(err, fs.ErrNotExist):
		p.Kind, p.Message = "missing", "no such file or folder"
	case errors.Is(err, fs.ErrPermission):
		p.Kind, p.Message, p.Hint = "no_permission", "permission denied", "run as a user who may read and write there"
	case errors.Is(err, syscall.ENOSPC):
		p.Kind, p.Message, p.Hint = "disk_full", "no space left on the device", "free some space or choose another place"
	case errors.As(err, &pg):
		p.Kind, p.Message = "database", "the database refused (SQLSTATE "+code(pg.Code)+")"
	case errors.As(err, &dns):
		p.Kind, p.Message, p.Hint = "unknown_host", "the host name is not known", "check the address"
	case errors.As(err, &op):
		p.Kind, p.Message = "connection", "the connection failed"
	case errors.As(err, &errno):
		p.Kind, p.Message = "system", "the system says: "+errno.Error()
	case errors.As(err, &path):
		p.Kind, p.Message = "system", "a file operation failed"
	case errors.Is(err, io.ErrUnexpectedEOF):
		p.Kind, p.Message = "truncated", "ends too early"
	default:
		p.Message = fmt.Sprintf("failed (%T)", root(err))
	}
	return p
}

// Clean is implemented by errors whose texts are written by us and hold no values of data.
type Clean interface {
	error
	Clean() (kind, message, hint string)
}

// Guard runs what must not end the process: a panic becomes an error that Sanitize tells by its type and place.
func Guard(do func() error) error { return guard(do) }

// panicked is what guard makes of a panic.
type panicked struct {
	value any
	stack []string
}

func (p *panicked) Error() string { return "internal error" }

func (p *panicked) where() string {
	for _, f := range p.stack {
		if strings.HasPrefix(f, "bezlik/") {
			return f
		}
	}
	return "unknown"
}

// root is the innermost error, whose type says most.
func root(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// code passes an SQLSTATE, five letters and digits, and nothing else.
func code(s string) string {
	if len(s) != 5 || strings.Trim(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "unknown"
	}
	return s
}
