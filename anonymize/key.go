package anonymize

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A Key is 32 secret bytes. It prints as nothing. The zero Key is no key: keyed methods refuse it.
type Key struct {
	secret func() *[32]byte // a function, since no verb of fmt looks into one, wherever a Key is kept
}

// ReadKey reads a key of 64 hexadecimal digits from where spec says: file:PATH or a plain path, env:NAME, or
// cmd:COMMAND, which is run by the shell and prints the key. A file that others than its owner may read is
// refused. Errors name the place, never what was found there.
func ReadKey(spec string) (*Key, error) {
	scheme, rest := place(spec)
	if rest == "" {
		return nil, errors.New("key: the place is empty; give a file, env:NAME or cmd:COMMAND")
	}
	var text []byte
	var err error
	switch scheme {
	case "env":
		text = []byte(os.Getenv(rest))
		if len(text) == 0 {
			err = fmt.Errorf("key: the environment variable %s is not set", rest)
		}
	case "cmd":
		text, err = keyFromCommand(rest)
	default:
		text, err = keyFromFile(rest)
	}
	if err != nil && scheme != "cmd" && mayBeKey(rest) {
		return nil, errors.New("key: this looks like a key itself, not like the place of one; write it to a file of mode 0600 and name that")
	}
	if err != nil {
		return nil, err
	}
	defer clear(text)
	k, err := ParseKey(text)
	if err != nil {
		where := scheme + ":" + rest
		if scheme == "cmd" {
			where = "the key command" // its arguments may be secret
		}
		return nil, fmt.Errorf("%s: %w", where, err)
	}
	return k, nil
}

// ParseKey reads 64 hexadecimal digits; white space around them does not matter.
func ParseKey(text []byte) (*Key, error) {
	text = bytes.TrimSpace(text)
	var secret [32]byte
	if len(text) != 2*len(secret) {
		return nil, fmt.Errorf("a key is 64 hexadecimal digits, this has %d characters", len(text))
	}
	if _, err := hex.Decode(secret[:], text); err != nil {
		return nil, errors.New("a key is 64 hexadecimal digits, this has other characters") // err quotes one
	}
	k := newKey(secret)
	if !k.usable() {
		return nil, errors.New("a key of zeros is no secret")
	}
	return k, nil
}

// RandomKey returns a fresh key that nobody knows: tokens made with it cannot be made again.
func RandomKey() *Key {
	var secret [32]byte
	rand.Read(secret[:])
	return newKey(secret)
}

func newKey(secret [32]byte) *Key { return &Key{secret: func() *[32]byte { return &secret }} }

// Place returns the folder of the key file that spec names, links resolved, or "" where the key is in no
// file. It lets the caller check that the key is stored apart from data (Order 140, annex 2 cl. 3).
func Place(spec string) string {
	scheme, path := place(spec)
	if scheme != "file" || path == "" {
		return ""
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.Dir(path)
}

// ID is a short public name of the key: equal keys have equal names, and a name does not lead back to its key.
func (k *Key) ID() string {
	name := k.expand("bezlik key name v1")
	return hex.EncodeToString(name[:8])
}

// Derive returns a key of its own for every list of labels (HKDF-SHA-256, RFC 5869).
func (k *Key) Derive(labels ...string) [32]byte { return k.expand("bezlik derived key v1", labels...) }

func (k *Key) expand(purpose string, labels ...string) (out [32]byte) {
	if !k.usable() {
		panic("anonymize: a zero key is used") // methods refuse it long before
	}
	info := []byte(purpose)
	for _, l := range labels { // lengths keep ("ab", "c") and ("a", "bc") apart
		info = binary.BigEndian.AppendUint32(info, uint32(len(l)))
		info = append(info, l...)
	}
	b, err := hkdf.Key(sha256.New, k.secret()[:], nil, string(info), len(out))
	if err != nil {
		panic("anonymize: hkdf refuses 32 bytes")
	}
	copy(out[:], b)
	return out
}

func (k *Key) usable() bool { return k != nil && k.secret != nil && *k.secret() != [32]byte{} }

// hidden is all that a key ever prints.
const hidden = "<key>"

// String hides the key, as do the other ways of printing.
func (Key) String() string { return hidden }

// GoString hides the key.
func (Key) GoString() string { return hidden }

// Format hides the key.
func (Key) Format(f fmt.State, _ rune) { io.WriteString(f, hidden) }

// MarshalText hides the key.
func (Key) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// quiet is embedded by methods: they print as nothing, since they hold keys and the value they saw last.
type quiet struct{}

func (quiet) Format(f fmt.State, _ rune) { io.WriteString(f, "<method>") }

// place splits a spec into its scheme (file, env or cmd) and the rest.
func place(spec string) (scheme, rest string) {
	for _, scheme := range []string{"file", "env", "cmd"} {
		if rest, ok := strings.CutPrefix(spec, scheme+":"); ok {
			return scheme, rest
		}
	}
	return "file", spec
}

// mayBeKey says whether a place looks like a key that was pasted in its stead: it must not be shown then.
func mayBeKey(place string) bool {
	const least = 24
	place = strings.TrimSpace(place)
	return len(place) >= least && strings.Trim(place, "0123456789abcdefABCDEF -:") == "" ||
		len(place) >= 32 && !strings.ContainsFunc(place, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && !strings.ContainsRune("+=-_", r)
		})
}

// keyLimit is more than any key takes, white space included.
const keyLimit = 4096

func keyFromFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("key: %s is a folder", path)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("key: others may read %s (mode %04o); run chmod 600 on it", path, mode)
	}
	text, err := io.ReadAll(io.LimitReader(f, keyLimit))
	if err != nil {
		return nil, fmt.Errorf("key: cannot read %s", path)
	}
	return text, nil
}

// keyPatience is how long a key command may take; a person may have to type something.
const keyPatience = 2 * time.Minute

func keyFromCommand(command string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), keyPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.WaitDelay = time.Second
	out := &limited{left: keyLimit}
	cmd.Stdout = out // standard error is dropped: a failing command may print what it has
	if err := cmd.Run(); err != nil {
		clear(out.text)
		if ctx.Err() != nil {
			return nil, errors.New("key: the key command took too long")
		}
		if cmd.ProcessState != nil {
			return nil, fmt.Errorf("key: the key command failed with exit code %d", cmd.ProcessState.ExitCode())
		}
		return nil, errors.New("key: the key command could not be started")
	}
	return out.text, nil
}

// limited keeps the first bytes written to it.
type limited struct {
	text []byte
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.text = append(l.text, p[:n]...)
	l.left -= n
	return len(p), nil
}
