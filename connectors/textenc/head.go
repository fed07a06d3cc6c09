package textenc

import (
	"bytes"
	"io"
)

// Head decodes the beginning of a file, cut anywhere, and says whether it is text at all: almost no control
// characters, and no zero bytes to speak of.
func Head(head []byte) (text []byte, ok bool) {
	text, _ = io.ReadAll(NewReader(bytes.NewReader(head), Sniff(head)))
	control := 0
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B {
			control++
		}
	}
	return text, control*50 <= len(text)
}
