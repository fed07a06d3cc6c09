package corpus

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// Save makes a corpus in a file, its description in PATH.meta.json and, if truth is not empty, the list of
// planted items there.
func Save(path, truth string, o Options) (Meta, error) {
	if o.Object == "" {
		o.Object = filepath.Base(path)
	}
	var t *TruthWriter
	if truth != "" {
		f, err := os.Create(truth)
		if err != nil {
			return Meta{}, err
		}
		defer f.Close()
		t = NewTruthWriter(f)
		o.Truth = t.Add
	}
	meta, err := WriteFile(path, o)
	if err != nil {
		return meta, err
	}
	if t != nil {
		if err := t.Flush(); err != nil {
			return meta, err
		}
	}
	b, err := json.MarshalIndent(meta, "", "  ")
	if err != nil {
		return meta, err
	}
	return meta, os.WriteFile(path+".meta.json", append(b, '\n'), 0o644)
}

// A TruthWriter writes planted items as JSON lines:
//
//	{"object":"users.csv","row":1,"field":"inn","kind":"inn","value":"…","start":0,"end":12,"counted":true,"notes":["nbsp"]}
type TruthWriter struct {
	w   *bufio.Writer
	buf []byte
}

// NewTruthWriter returns a writer; call Flush at the end.
func NewTruthWriter(w io.Writer) *TruthWriter { return &TruthWriter{w: bufio.NewWriterSize(w, 1<<18)} }

// Add writes an item; it fits Options.Truth. An error shows in Flush.
func (t *TruthWriter) Add(p *Planted) {
	b := append(t.buf[:0], `{"object":`...)
	b = jsonString(b, []byte(p.Object), false)
	b = strconv.AppendInt(append(b, `,"row":`...), p.Row, 10)
	b = jsonString(append(b, `,"field":`...), []byte(p.Field), false)
	b = append(append(append(b, `,"kind":"`...), p.Kind...), `","value":`...)
	b = jsonString(b, p.Value, false)
	b = strconv.AppendInt(append(b, `,"start":`...), int64(p.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(p.End), 10)
	b = strconv.AppendBool(append(b, `,"counted":`...), p.counted)
	for i, name := range p.Notes() {
		if i == 0 {
			b = append(b, `,"notes":[`...)
		} else {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), name...), '"')
	}
	if p.note != 0 {
		b = append(b, ']')
	}
	t.buf = append(b, "}\n"...)
	t.w.Write(t.buf)
}

// Flush writes what is left and returns the first error.
func (t *TruthWriter) Flush() error { return t.w.Flush() }

// World makes a small folder of everything: an Excel-like CSV in windows-1251 with CRLF, the same table in
// UTF-16, in JSON lines with escapes and in SQLite with numbers, a Telegram export and a log, with rows records
// each. The truth lies in DIR.truth.jsonl, outside the folder so that a scan of it does not read it. It
// returns the number of planted items per object.
func World(dir string, seed uint64, rows int64) (map[string]Meta, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Clean(dir) + ".truth.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	truth := NewTruthWriter(f)
	metas := map[string]Meta{}
	for _, x := range []struct {
		name, kind string
		seed       uint64
		with       With
	}{
		{"clients_cp1251.csv", "csv", seed, With{CP1251: true, CRLF: true}},
		{"clients_utf16.csv", "csv", seed + 1, With{UTF16: true, CRLF: true, NBSP: true}},
		{"clients.jsonl", "jsonl", seed + 2, With{Escapes: true, Numeric: true}},
		{"clients.sqlite", "sqlite", seed + 3, With{Numeric: true, Rare: true}},
		{"chat/result.json", "telegram", seed + 4, With{}},
		{"service.log", "log", seed + 5, With{Case: true}},
	} {
		path := filepath.Join(dir, filepath.FromSlash(x.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		m, err := WriteFile(path, Options{Kind: x.kind, Seed: x.seed, Rows: rows, Object: x.name, With: x.with, Truth: truth.Add})
		if err != nil {
			return nil, err
		}
		metas[x.name] = m
	}
	return metas, truth.Flush()
}
