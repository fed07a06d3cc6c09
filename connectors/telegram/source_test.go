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

// The kit knows no Echo cells, so these messages are not formatted.
func TestAcceptance(t *testing.T) {
	data := bytes.ReplaceAll(bytes.ReplaceAll(big(300<<10), []byte("\"text\": ["), []byte("\"texts\": [")),
		[]byte(`"text_entities"`), []byte(`"entities"`))
	make := func(o Options) func(t *testing.T) connectors.Source {
		return func(t *testing.T) connectors.Source { return source(data, o) }
	}
	sourcetest.Run(t, make(Options{BatchSize: 1 << 14}), sourcetest.Options{
		Again: []func(t *testing.T) connectors.Source{
			make(Options{BatchSize: 64}), make(Options{BatchSize: 777}), make(Options{}),
		},
		ZeroAllocs: true,
		Exact:      map[string][]byte{"result.json": data},
		Reopen: func(t *testing.T, _ string, content []byte) connectors.Source {
			return source(content, Options{})
		},
		Find: "+7 999", Put: "***",
	})
}
