package postgres

import (
	"context"
	"errors"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
)

// problem translates an error of the driver or the server. Nothing of their text is kept, since it
// quotes values and passwords; what is kept is the SQLSTATE. A context that ended wins over all.
func (s *source) problem(ctx context.Context, object string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p := translate(err)
	p.Object = object
	return p
}

func sqlState(err error) (string, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code, true
	}
	return "", false
}

func translate(err error) *connectors.Problem {
	if code, ok := sqlState(err); ok {
		return server(code)
	}
	var dns *net.DNSError
	var connecting *pgconn.ConnectError
	var timeout net.Error
	dialing := errors.As(err, &connecting)
	switch {
	case errors.As(err, &dns):
		return &connectors.Problem{Kind: "unknown_host", Message: "the host of the database is not known", Hint: "check the name of the host in the address"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &connectors.Problem{Kind: "connection_refused", Message: "nothing answers at the host and port of the database",
			Hint: "is the server running and listening there? check host and port"}
	case dialing && errors.Is(err, os.ErrNotExist):
		return &connectors.Problem{Kind: "connection_refused", Message: "the server's socket is not there", Hint: "is the server running? check the folder of the socket"}
	case dialing && errors.As(err, &timeout) && timeout.Timeout(), dialing && errors.Is(err, context.DeadlineExceeded):
		return &connectors.Problem{Kind: "timeout", Message: "the server did not answer in time", Hint: "check host, port and firewall, or raise connect_timeout"}
	case dialing && strings.Contains(err.Error(), "tls"), dialing && strings.Contains(err.Error(), "x509"), dialing && strings.Contains(err.Error(), "TLS"):
		return &connectors.Problem{Kind: "tls", Message: "no encrypted connection could be agreed on",
			Hint: "check sslmode and sslrootcert: the server may not offer TLS, or its certificate is not trusted"}
	case dialing:
		return &connectors.Problem{Kind: "connection_failed", Message: "no connection to the server", Hint: "check the address, and that a PostgreSQL server answers there"}
	}
	return &connectors.Problem{Kind: "connection_lost", Message: "the connection to the server was lost", Hint: "read it again; what came before is not the whole"}
}

// server says in our words what an SQLSTATE means.
func server(code string) *connectors.Problem {
	p := func(kind, message, hint string) *connectors.Problem {
		return &connectors.Problem{Kind: kind, Message: message, Hint: hint}
	}
	switch code {
	case "28P01":
		return p("wrong_password", "the server does not accept this user and password", "check the user in the address and the password in it, in PGPASSWORD or in PGPASSFILE")
	case "28000":
		return p("login_refused", "the server does not let this user in from here", "check the user and sslmode; the server's pg_hba.conf decides who may connect from where")
	case "3D000":
		return p("unknown_database", "there is no such database on the server", "check the name at the end of the address")
	case "53300":
		return p("too_many_connections", "the server has no connection to spare", "use fewer workers, or try later")
	case "57P03":
		return p("not_ready", "the server is starting up or shutting down", "try again in a moment")
	case "42501":
		return p("no_permission", "this user may not read it", "GRANT SELECT on the table and USAGE on its schema to the user")
	case "57014":
		return p("timeout", "the server ended the query: it took too long or was cancelled", "raise the statement timeout")
	case "55P03":
		return p("locked", "somebody else holds a lock on it", "try again when the other transaction is over, or raise the lock timeout")
	case "42P01", "42703", "3F000", "42883":
		return changed("")
	case "22P05", "22021":
		return p("encoding", "a value holds characters that the server cannot turn into UTF-8", "the database holds bytes that are not of its declared encoding")
	case "0A000":
		return p("unsupported", "the server does not support what a consistent reading needs", "connect to PostgreSQL itself, not to a look-alike or a pooler")
	case "55000":
		return p("not_ready", "the table is not in a state to be read", "a materialized view may need REFRESH")
	}
	switch class := code[:min(2, len(code))]; {
	case class == "57", class == "08":
		return p("connection_lost", "the server ended the connection", "read it again; what came before is not the whole")
	case class == "XX", class == "58":
		return p("damaged", "the server cannot read its own data (SQLSTATE "+clean(code)+")", "look into the server's log; the disk or the table may be damaged")
	case class == "53":
		return p("server_resources", "the server is out of memory, disk or connections (SQLSTATE "+clean(code)+")", "try again with fewer workers")
	}
	return p("database_error", "the server refused the query (SQLSTATE "+clean(code)+")", "the server's log has the details")
}

// clean keeps a SQLSTATE, five letters and digits, and nothing else.
func clean(code string) string {
	if len(code) != 5 || strings.ContainsFunc(code, func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }) {
		return "unknown"
	}
	return code
}

func lost(object string) *connectors.Problem {
	return &connectors.Problem{Object: object, Kind: "snapshot_lost",
		Message: "the connection that held the snapshot is gone, and another moment is not mixed in", Hint: "start again: parts that are done belong to the old moment"}
}

func changed(object string) *connectors.Problem {
	return &connectors.Problem{Object: object, Kind: "changed", Message: "the table was rewritten or altered meanwhile", Hint: "read it again from the start"}
}
