package pipeline

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// An Entry is one action with personal data or with what came of it: Order 140, annex 1, 1(7) and art. 19 p. 2
// cl. 8 of 152-FZ ask that all of them be accounted for. It holds no values.
type Entry struct {
	Seq    int64           `json:"seq"`
	At     string          `json:"at"` // RFC 3339, UTC
	Action string          `json:"action"`
	Detail json.RawMessage `json:"detail"`
	Prev   string          `json:"prev"` // hash of the entry before, 64 zeros for the first
	Hash   string          `json:"hash"` // SHA-256 of this entry with an empty hash
}

// The actions.
const (
	ActionScope   = "scope"   // what is about to be depersonalized: annex 1, 1(2), before the first byte
	ActionExport  = "export"  // published
	ActionRefused = "refused" // by the policy, or by a gate
	ActionFailed  = "failed"  // nothing was published
)

// A Ledger is an append-only file of entries, each bound to the one before by its hash. Several processes may
// use it at the same time.
//
// The chain has no key: whoever can write the file can make a whole new chain, or cut its end off. It shows
// changes to those who noted its Head elsewhere.
type Ledger struct{ Path string }

// A Head says how long a chain is and how it ends.
type Head struct {
	Entries int64
	Hash    string // of the last entry; 64 zeros for none
}

var genesis = hex.EncodeToString(make([]byte, sha256.Size))

// ErrLedger says that the chain is broken.
type ErrLedger struct {
	Line int64
	Why  string
	Torn bool // only the last line is not whole: a crash does that, and the next entry mends it
}

func (e *ErrLedger) Error() string { return fmt.Sprintf("ledger line %d: %s", e.Line, e.Why) }

// Clean implements Clean.
func (e *ErrLedger) Clean() (kind, message, hint string) {
	return "ledger", e.Error(), "somebody has changed the file, or a disk has; keep it and find out"
}

// Append adds an entry and syncs it to disk before it returns. It verifies the last entry first.
func (l *Ledger) Append(action string, detail any, at time.Time) error {
	_, err := l.Add(action, detail, at)
	return err
}

// Add is Append and tells the new head of the chain.
func (l *Ledger) Add(action string, detail any, at time.Time) (Head, error) {
	d, err := json.Marshal(detail)
	if err != nil {
		return Head{}, err
	}
	if err := os.MkdirAll(filepath.Dir(l.Path), 0o700); err != nil {
		return Head{}, err
	}
	f, err := lockedfile.OpenFile(l.Path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return Head{}, err
	}
	defer f.Close()
	last, end, err := tail(f)
	if err != nil {
		return Head{}, err
	}
	e := Entry{Seq: 1, At: at.UTC().Format(time.RFC3339), Action: action, Detail: d, Prev: genesis}
	if last != nil {
		e.Seq, e.Prev = last.Seq+1, last.Hash
	}
	e.Hash = e.sum()
	line, err := json.Marshal(e)
	if err != nil {
		return Head{}, err
	}
	if err := f.Truncate(end); err != nil { // what a crash has torn
		return Head{}, err
	}
	if _, err := f.WriteAt(append(line, '\n'), end); err != nil {
		return Head{}, err
	}
	return Head{Entries: e.Seq, Hash: e.Hash}, f.Sync()
}

// Each reads the entries in order and verifies the chain on the way. do may be nil. A file that does not exist is
// an error: nobody can say that it never did.
func (l *Ledger) Each(do func(*Entry) error) (entries int64, err error) {
	h, err := l.Verify(do)
	return h.Entries, err
}

// Verify is Each and tells the head of the chain; where the chain breaks, Entries counts the broken one.
func (l *Ledger) Verify(do func(*Entry) error) (Head, error) {
	h := Head{Hash: genesis}
	f, err := lockedfile.Open(l.Path)
	if err != nil {
		return h, err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	for {
		line, err := r.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 { //nolint:errorlint // bufio returns it bare
			return h, nil
		}
		h.Entries++
		if err != nil {
			return h, &ErrLedger{Line: h.Entries, Why: "the last line is torn", Torn: true}
		}
		e, why := check(line)
		switch {
		case why != "":
			return h, &ErrLedger{Line: h.Entries, Why: why}
		case e.Prev != h.Hash || e.Seq != h.Entries:
			return h, &ErrLedger{Line: h.Entries, Why: "the chain is broken: an entry is missing or was moved"}
		}
		h.Hash = e.Hash
		if do != nil {
			if err := do(e); err != nil {
				return h, err
			}
		}
	}
}

// check parses a line and its hash. The line must be what Append writes, byte for byte: a field that the hash does
// not cover would otherwise go unseen.
func check(line []byte) (*Entry, string) {
	var e Entry
	if json.Unmarshal(line, &e) != nil {
		return nil, "this is no entry"
	}
	if e.sum() != e.Hash {
		return nil, "the entry was changed"
	}
	if b, err := json.Marshal(e); err != nil || !bytes.Equal(append(b, '\n'), line) {
		return nil, "the entry was changed: it is not written as it was"
	}
	return &e, ""
}

func (e *Entry) sum() string {
	c := *e
	c.Hash = ""
	var d bytes.Buffer
	if json.Compact(&d, e.Detail) == nil {
		c.Detail = d.Bytes()
	}
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// tail finds the last whole entry and where it ends.
func tail(f *lockedfile.File) (*Entry, int64, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	size := info.Size()
	for window := int64(64 << 10); ; window *= 4 {
		from := max(0, size-window)
		b := make([]byte, size-from)
		if _, err := f.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, err
		}
		end := bytes.LastIndexByte(b, '\n')
		if end < 0 && from > 0 {
			continue
		}
		if end < 0 {
			return nil, 0, nil
		}
		start := bytes.LastIndexByte(b[:end], '\n') + 1
		if start == 0 && from > 0 {
			continue
		}
		e, why := check(b[start : end+1])
		if why != "" {
			return nil, 0, &ErrLedger{Why: "last entry: " + why}
		}
		return e, from + int64(end) + 1, nil
	}
}
