package postgres

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"bezlik/connectors"
)

// configure reads an address. place is what may be shown of it: no user, no password, no parameters.
//
// A password with an unescaped @, /, ? or # makes the address ambiguous, and a part of the password
// would be taken for a host or a database and shown as such. Such addresses are refused unseen.
func configure(address string, opts Options) (cfg *pgconn.Config, place string, p *connectors.Problem) {
	bad := func(hint string) *connectors.Problem {
		return &connectors.Problem{Object: "postgres", Kind: "bad_url", Message: "the address of the database cannot be read", Hint: hint}
	}
	const shape = "postgres://user@host:port/database"
	rest, ok := strings.CutPrefix(address, "postgres://")
	if !ok {
		if rest, ok = strings.CutPrefix(address, "postgresql://"); !ok {
			return nil, "", bad("write " + shape)
		}
	}
	const encode = "write special characters of the password as %40 for @, %2F for /, %3F for ?, %23 for #, %25 for %, %20 for a space, or use PGPASSWORD or PGPASSFILE"
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	if strings.Count(authority, "@") > 1 || strings.Contains(rest[len(authority):], "@") || strings.Contains(rest, "#") {
		return nil, "", bad(encode)
	}
	if _, err := url.PathUnescape(rest); err != nil || strings.ContainsFunc(rest, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return nil, "", bad(encode)
	}
	for _, host := range strings.Split(authority[strings.IndexByte(authority, '@')+1:], ",") {
		if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
			if n, err := strconv.ParseUint(host[i+1:], 10, 16); err != nil && host[i+1:] != "" || err == nil && n == 0 {
				return nil, "", bad("the port is a number from 1 to 65535; " + encode)
			}
		}
	}
	cfg, err := pgconn.ParseConfig(address)
	if err != nil {
		return nil, "", bad("write " + shape + "; " + encode)
	}
	if u, err := url.Parse(address); err == nil && opts.Password != "" {
		if _, given := u.User.Password(); !given && !u.Query().Has("password") {
			cfg.Password = opts.Password
		}
	}
	if opts.ConnectTimeout > 0 {
		cfg.ConnectTimeout = opts.ConnectTimeout
	} else if !strings.Contains(address, "connect_timeout") {
		cfg.ConnectTimeout = 15 * time.Second
	}
	if cfg.RuntimeParams == nil {
		cfg.RuntimeParams = map[string]string{}
	}
	cfg.RuntimeParams["application_name"] = "bezlik"
	cfg.RuntimeParams["client_encoding"] = "UTF8"
	u := url.URL{Scheme: "postgres", Host: net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port))), Path: "/" + cfg.Database}
	if strings.HasPrefix(cfg.Host, "/") { // the folder of a Unix socket
		u.Host, u.RawQuery = "", url.Values{"host": {cfg.Host}}.Encode()
	}
	return cfg, u.String(), nil
}
