package textenc

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"sync"

	"bezlik/connectors"
)

// An Input is a text file, or a stream that can be read once. It is what the text formats share: opening,
// identity, encoding, and errors in our own words.
type Input struct {
	Object string // what people call it, for problems

	path   string
	at     io.ReaderAt
	size   int64
	stream io.Reader

	forced bool
	mu     sync.Mutex
	enc    Encoding
	known  bool
	auto   *Reader // of a stream
}

// FileInput reads the file at path.
func FileInput(object, path string) *Input { return &Input{Object: object, path: path} }

// MemoryInput reads what r holds.
func MemoryInput(object string, r io.ReaderAt, size int64) *Input {
	return &Input{Object: object, at: r, size: size}
}

// StreamInput reads r, once.
func StreamInput(object string, r io.Reader) *Input { return &Input{Object: object, stream: r} }

// Force says what the encoding is, so that nobody guesses. Call it before anything else.
func (in *Input) Force(e Encoding) { in.enc, in.known, in.forced = e, true, true }

// Part describes the whole input as one part.
func (in *Input) Part(ctx context.Context) (connectors.Part, error) {
	p := connectors.Part{Object: in.Object}
	if err := ctx.Err(); err != nil {
		return p, err
	}
	if in.stream != nil {
		return p, nil
	}
	r, size, stamp, done, err := in.open()
	if err != nil {
		return p, err
	}
	defer done()
	// The sum is short on purpose: of a file with a single value it must not be a fingerprint of the value.
	sum := crc32.NewIEEE()
	const edge = 4 << 10
	buf := make([]byte, edge)
	for _, at := range []int64{0, max(0, size-edge)} {
		n, err := r.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return p, in.Problem(err, 0)
		}
		sum.Write(buf[:n])
	}
	p.Size = size
	p.Identity = fmt.Sprintf("%d-%x-%08x", size, stamp, sum.Sum32())
	return p, nil
}

// Open starts reading from the beginning. Closing the returned file is the caller's; the Reader is done with it.
func (in *Input) Open(ctx context.Context) (*Reader, io.Closer, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if in.stream != nil {
		in.mu.Lock()
		defer in.mu.Unlock()
		if in.auto != nil {
			return nil, nil, &connectors.Problem{Object: in.Object, Kind: "read_once",
				Message: "a stream can be read once only", Hint: "save it to a file first"}
		}
		if in.forced {
			in.auto = NewReader(in.stream, in.enc)
		} else {
			in.auto = NewAutoReader(in.stream)
		}
		return in.auto, io.NopCloser(nil), nil
	}
	r, size, _, done, err := in.open()
	if err != nil {
		return nil, nil, err
	}
	in.mu.Lock()
	if !in.known {
		in.enc, err = SniffAt(r, size)
		in.known = err == nil
	}
	e := in.enc
	in.mu.Unlock()
	if err != nil {
		done()
		return nil, nil, in.Problem(err, 0)
	}
	if f, ok := r.(*os.File); ok {
		return NewReader(f, e), f, nil
	}
	return NewReader(io.NewSectionReader(r, 0, size), e), io.NopCloser(nil), nil
}

// Encoding is how the input is encoded, known once it has been opened. It may be called from any goroutine.
// Of a stream that was plain ASCII so far it is UTF-8.
func (in *Input) Encoding() Encoding {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.auto != nil {
		return in.auto.Encoding()
	}
	return in.enc
}

// Close ends the input. It leaves a stream open, which is its owner's.
func (in *Input) Close() error { return nil }

func (in *Input) open() (r io.ReaderAt, size, stamp int64, done func(), err error) {
	if in.at != nil {
		return in.at, in.size, 0, func() {}, nil
	}
	f, err := os.Open(in.path)
	if err != nil {
		return nil, 0, 0, nil, in.Problem(err, 0)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		f.Close()
		return nil, 0, 0, nil, &connectors.Problem{Object: in.Object, Kind: "not_a_file", Message: "this is not a regular file"}
	}
	if err != nil {
		f.Close()
		return nil, 0, 0, nil, in.Problem(err, 0)
	}
	return f, info.Size(), info.ModTime().UnixNano(), func() { f.Close() }, nil
}

// Problem tells an error of the operating system in our words.
func (in *Input) Problem(err error, offset int64) error { return FileProblem(in.Object, err, offset) }

// FileProblem tells an error of the operating system in our words. A Problem and the errors of a context
// come back as they are.
func FileProblem(object string, err error, offset int64) error {
	var p *connectors.Problem
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, fs.ErrPermission):
		return &connectors.Problem{Object: object, Kind: "no_permission", Offset: offset,
			Message: "no permission to read", Hint: "run as a user who may read it, or leave it out with --exclude"}
	case errors.Is(err, fs.ErrNotExist):
		return &connectors.Problem{Object: object, Kind: "not_found", Offset: offset, Message: "no such file or folder"}
	}
	return &connectors.Problem{Object: object, Kind: "read_error", Offset: offset,
		Message: "reading failed", Hint: "check the disk or the network drive and try again"}
}
