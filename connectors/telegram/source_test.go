package telegram

import (
	"bytes"
	"testing"

	"bezlik/connectors"
	"bezlik/connectors/sourcetest"
	"bezlik/connectors/textenc"
)

func source(data []byte, o Options) *Source {
	return New(textenc.MemoryInput("result.json", bytes.NewReader(data), int64(len(data))), o)
}

// What is written into a piece of a text changes its Echo cell too, which the kit does not expect: so edits
// are read back from messages that are not formatted.
func TestAcceptance(t *testing.T) {
	plain := bytes.ReplaceAll(bytes.ReplaceAll(big(300<<10), []byte("\"text\": ["), []byte("\"texts\": [")),
		[]byte(`"text_entities"`), []byte(`"entities"`))
	for name, data := range map[string][]byte{"formatted": big(300 << 10), "plain": plain} {
		t.Run(name, func(t *testing.T) {
			make := func(o Options) func(t *testing.T) connectors.Source {
				return func(t *testing.T) connectors.Source { return source(data, o) }
			}
			o := sourcetest.Options{
				ZeroAllocs: true,
				Exact:      map[string][]byte{"result.json": data},
				Find:       "user1", Put: "***", // in no text
			}
			if name == "plain" { // Echo cells stand at the end of their batch, wherever that is
				o.Again = []func(t *testing.T) connectors.Source{
					make(Options{BatchSize: 64}), make(Options{BatchSize: 777}), make(Options{}),
				}
				o.Find = "+7 999"
				o.Reopen = func(t *testing.T, _ string, content []byte) connectors.Source {
					return source(content, Options{})
				}
			}
			sourcetest.Run(t, make(Options{BatchSize: 1 << 14}), o)
		})
	}
}
