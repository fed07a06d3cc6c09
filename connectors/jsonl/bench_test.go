package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"bezlik/connectors"
)

func BenchmarkRead(b *testing.B) {
	for _, c := range []struct {
		name  string
		exact bool
		data  []byte
	}{
		{"users", false, users(16 << 20)},
		{"users/raw", true, users(16 << 20)},
		{"lines", false, big(8<<20, false)},
		{"lines/raw", true, big(8<<20, false)},
		{"array", false, big(8<<20, true)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			batch := &connectors.Batch{Exact: c.exact}
			for b.Loop() {
				r := open(b, c.data, Options{})
				for {
					if err := r.Next(batch); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// A warm reader with a warm batch allocates nothing.
func TestWarmBatchAllocatesNothing(t *testing.T) {
	for name, data := range map[string][]byte{"lines": big(8<<20, false), "array": big(8<<20, true)} {
		r := open(t, data, Options{BatchSize: 1 << 16})
		b := &connectors.Batch{Exact: true}
		var out []byte
		next := func() {
			if err := r.Next(b); err != nil {
				t.Fatal(err)
			}
			var err error
			if out, _, err = r.Rewrite(out[:0], b, nil, nil, 0); err != nil {
				t.Fatal(err)
			}
		}
		for range 5 {
			next()
		}
		if n := testing.AllocsPerRun(40, next); n > 0 {
			t.Errorf("%s: %v allocations a batch", name, n)
		}
	}
}

// users is a table of twelve columns, of about n bytes.
func users(n int) []byte {
	comments := []string{"", "", "Перезвонить после обеда, клиент просил уточнить адрес доставки и время", "Сказал: \\\"завтра\\\", договор подписан",
		"Обратился по поводу возврата товара, приложил чек и заявление, ждёт ответа на электронную почту до конца недели"}
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `{"id":%d,"full_name":"Тестова Тестина Тестовна","birth_date":"19%02d-%02d-%02d","gender":"ж","phone":"+7 (999) 000-%02d-%02d","email":"user%d@example.com","inn":"00000%07d","snils":"000-000-%03d 00","passport":"0000 %06d","address":"г. Тестов, ул. Примерная, д. %d, кв. %d","comment":"%s","created_at":"2024-%02d-%02dT10:30:00Z"}`,
			i, 50+i%50, 1+i%12, 1+i%28, i/100%100, i%100, i, i%10000000, i%1000, i%1000000, i%100, i%200, comments[i%5], 1+i%12, 1+i%28)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// BenchmarkValid is what the same machine does at the same time.
func BenchmarkValid(b *testing.B) {
	data := users(16 << 20)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		for line := range bytes.Lines(data) {
			if !json.Valid(line) {
				b.Fatal("not valid")
			}
		}
	}
}
