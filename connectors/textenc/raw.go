package textenc

import (
	"context"
	"io"
)

// Raw opens the bytes as they are, undecoded, for who must not read more than the first of them: not a byte is read
// ahead. Of a stream they are gone for Open then.
func (in *Input) Raw(ctx context.Context) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if in.stream != nil {
		return io.NopCloser(in.stream), nil
	}
	r, size, _, done, err := in.open()
	if err != nil {
		return nil, err
	}
	return &rawFile{SectionReader: io.NewSectionReader(r, 0, size), done: done}, nil
}

type rawFile struct {
	*io.SectionReader
	done func()
}

func (f *rawFile) Close() error {
	f.done()
	return nil
}
