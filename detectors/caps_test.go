package detectors

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// slowCaps lists capitalised words and initials next to each other, rune by rune.
func slowCaps(text string) (caps []uint32) {
	letter := func(r rune) bool { return r < 0x80 && unicode.IsLetter(r) || r >= 0x400 && r < 0x500 }
	capital := func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 0x400 && r <= 0x42F }
	lastStart, lastEnd := -1, -1
	inWord, capWord, start := false, false, 0
	for i, r := range text + "\x00" {
		if letter(r) == inWord {
			continue
		}
		if inWord {
			if capWord {
				lastStart, lastEnd = start, i
			}
			inWord = false
			continue
		}
		inWord, capWord, start = true, capital(r), i
		if !capWord || lastStart < 0 || i-lastEnd > 3 || strings.Trim(text[lastEnd:i], " \t\n,.-\u00a0") != "" {
			continue
		}
		if len(caps) == 0 || caps[len(caps)-1] != uint32(lastStart+1) {
			caps = append(caps, uint32(lastStart+1))
		}
		caps = append(caps, uint32(i+1))
	}
	return caps
}

func TestCaps(t *testing.T) {
	text := "Здравствуйте, Анна Петровна! О.Л. Зайцев, П.А. Кузнецов\nПетров-Водкин и Иван\u00a0Ли; John Smith нет Да; X — Y. Ё Я "
	for shift := range 130 {
		in := strings.Repeat("x", shift) + " " + text + strings.Repeat(text, 3)
		if !utf8.ValidString(in) {
			t.Fatal("bad test")
		}
		var l lexer
		l.run(pad(in))
		if want := slowCaps(in); !slices.Equal(l.Caps, want) {
			t.Fatalf("shift %d: got %v, want %v", shift, l.Caps, want)
		}
	}
}
