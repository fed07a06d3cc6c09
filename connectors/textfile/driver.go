package textfile

import (
	"io"

	"bezlik/connectors"
	"bezlik/connectors/folder"
	"bezlik/connectors/textenc"
)

// Driver reads running text in files and streams.
var Driver = folder.Driver{
	Name:  "text",
	Match: Match,
	Open:  func(path, object string) (connectors.Source, error) { return Open(path, object, Options{}) },
	Stream: func(object string, r io.Reader) (connectors.Source, error) {
		return New(textenc.StreamInput(object, r), Options{}), nil
	},
}

// Match says whether a file is text at all, in any encoding we read.
func Match(_ string, head []byte) bool {
	_, ok := textenc.Head(head)
	return ok
}
