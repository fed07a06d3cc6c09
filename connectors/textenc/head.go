package textenc

import (
	"bytes"
	"io"
)

// Head decodes the beginning of a file, cut anywhere, and says whether it is text at all: almost no control
// characters. Zero bytes do not count as such, since programs pad cells with them and a crash leaves them at the
// end of a log, but most of a file that is nothing else is no text.
func Head(head []byte) (text []byte, ok bool) {
	text, _ = io.ReadAll(NewReader(bytes.NewReader(head), Sniff(head)))
	control, zeros := 0, 0
	for _, c := range text {
		switch {
		case c == 0:
			zeros++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B:
			control++
		}
	}
	return text, control*50 <= len(text)-zeros && zeros*4 <= len(text)*3
}
