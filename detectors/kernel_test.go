package detectors

import (
	"math/bits"
	"math/rand/v2"
	"strings"
	"testing"
)

// plainPlanes says of n blocks of text what the kernels say, one byte after the other. text has a block more before them and
// two more behind, and its first byte is of the block before.
func plainPlanes(text []byte, n int) *planes {
	p := &planes{}
	at := func(i int) byte { return text[64+i] }
	digit := func(i int) bool { return at(i) >= '0' && at(i) <= '9' }
	upper := func(i int) bool { return at(i) >= 'A' && at(i) <= 'Z' }
	small := func(i int) bool { return at(i) >= 'a' && at(i) <= 'z' }
	cyril := func(i int) bool { return at(i) >= 0xD0 && at(i) <= 0xD3 }
	caps := func(i int) bool { return at(i) == 0xD0 && at(i+1) >= 0x80 && at(i+1) <= 0xAF }
	space := func(i int) bool { return strings.IndexByte(" \t\n,-.", at(i)) >= 0 }
	stop := func(i int) bool { return at(i) < 0x80 && strings.IndexByte("\t\n #(),-./0123456789Nno", at(i)) < 0 }
	latin := func(i int) bool { return upper(i) || small(i) }
	lead := func(i int) bool { return latin(i) || cyril(i) }
	letter := func(i int) bool { return lead(i) || i > -64 && cyril(i-1) }
	code := func(i int) bool { return digit(i) || upper(i) }
	all := func(i, n int, is func(i int) bool) bool {
		for k := range n {
			if !is(i + k) {
				return false
			}
		}
		return true
	}
	begins := func(i int) bool { return digit(i) && !digit(i-1) }
	dot := func(i int) bool { return at(i) == '.' && digit(i-1) && digit(i+1) }
	for i := -64; i < (n+1)*64; i++ {
		set := func(m *plane, is bool) {
			if is {
				m[i>>6+1] |= 1 << (i & 63)
			}
		}
		set(&p.digit, digit(i))
		set(&p.at, at(i) == '@')
		set(&p.space, space(i))
		set(&p.latin, latin(i))
		set(&p.upper, upper(i))
		set(&p.cyril, cyril(i))
		set(&p.caps, caps(i))
		set(&p.lead, at(i) >= 0xC0)
		set(&p.stop, stop(i))
		set(&p.dot, at(i) == '.')
		set(&p.colon, at(i) == ':')
		if i < 0 || i >= n*64 {
			continue
		}
		begin := letter(i) && !letter(i-1)
		set(&p.word, letter(i))
		first := func(i int) bool { return caps(i) || upper(i) && !digit(i-1) }
		set(&p.first, begin && first(i))
		set(&p.starts, begin || upper(i) && small(i-1))
		// What stands behind the block is not looked at: such letters are let through.
		single := func(i int) bool { return letter(i) && !letter(i-1) && cyril(i) && !letter(i+2) }
		apart := func(i int) bool { return at(i) == ':' || latin(i) || space(i) && at(i) != '.' }
		set(&p.joins, single(i) && !apart(i+2) && (i&63 >= 61 || single(i+3)))
		set(&p.codes, all(i, 17, code) && !(i&63 > 0 && all(i-1, 17, code)))
		near := func(i int) bool {
			for k := max(i-i&63, i-24); k <= i; k++ {
				if digit(k) {
					return true
				}
			}
			return i&63 < 24
		}
		set(&p.gaps, stop(i) || !near(i))
		set(&p.dots, dot(i))
		set(&p.fracs, dot(i) && all(i+1, 4, digit) && !(i&63 >= 3 && dot(i-3)))
		set(&p.threes, begins(i) && all(i, 3, digit) && !digit(i+3) &&
			(i&63 < 3 || letter(i-1) && i&63 >= 1 || space(i-1) && letter(i-2)) && (lead(i+3) || space(i+3) && lead(i+4)))
		set(&p.sixes, begins(i) && all(i, 6, digit) && !all(i, 10, digit))
		set(&p.years, begins(i) && all(i, 4, digit) && !digit(i+4))
		eight, count := i&^7, 0
		for k := eight; k < eight+40; k++ {
			if digit(k) {
				count++
			}
		}
		// Of the block behind nothing but what ends a number is looked at.
		gap := func(k int) bool { return stop(k) || k>>6 == i>>6 && !near(k) }
		free := true
		for k := i; k < i+10; k++ {
			free = free && !gap(k)
		}
		day := !all(i, 5, digit) && stop(i+10)
		clock := !digit(i+2) && !digit(i+5) && !digit(i+10) && at(i+13) == ':' && digit(i+14)
		set(&p.tens, begins(i) && count >= 10 && free && !day && !clock)
		// A capitalised word before, and up to three bytes of space; a dot only behind a short one, which may be an initial.
		linked := false
		for k := 1; k <= 3 && !linked && space(i-k); k++ {
			if e := i - k - 1; letter(e) {
				for e > -64 && letter(e-1) {
					e--
				}
				linked = e >= 0 && first(e) && !(at(i-k) == '.' && i-k-e > 4)
			}
		}
		set(&p.linked, begin && first(i) && linked)
		two := func(i int) bool { return all(i, 2, digit) && !digit(i+2) }
		set(&p.shorts, begins(i) && two(i) && two(i+3) && two(i+6) && !apart(i+2))
	}
	for i := 1; i <= n; i++ {
		note := func(event int, is bool) {
			if is {
				p.events[event] |= 1 << (i - 1)
			}
		}
		for event, m := range map[int]*plane{markEvent: &p.at, joinEvent: &p.joins, codeEvent: &p.codes, tenEvent: &p.tens, fracEvent: &p.fracs,
			threeEvent: &p.threes, sixEvent: &p.sixes, yearEvent: &p.years, shortEvent: &p.shorts, linkEvent: &p.linked} {
			note(event, m[i] != 0)
		}
		colons := p.colon[i]>>59 != 0
		for k := range 64 {
			for d := 1; d <= 5 && k+d < 64; d++ {
				colons = colons || p.colon[i]>>k&1 != 0 && p.colon[i]>>(k+d)&1 != 0
			}
		}
		note(colonEvent, colons)
		more := false
		for k := range 64 {
			more = more || dot(i*64+k) && k < 63
		}
		note(dotEvent, bits.OnesCount64(p.dots[i]) >= 3 || p.dots[i] != 0 && more)
	}
	return p
}

type kernel struct {
	classify func(p *planes, n int, text []byte)
	derive   func(p *planes, n int)
}

// kernels are all there are, by name.
var kernels = map[string]kernel{
	"portable": {classifyPortable, derivePortable},
	"chosen":   {classify, derive},
}

// checkKernels compares the kernels on text. They are told of the block before and of the one behind.
func checkKernels(t *testing.T, text []byte) {
	t.Helper()
	n := min((len(text)-1)/64-2, stretch)
	want := plainPlanes(text, n)
	for name, k := range kernels {
		got := &planes{}
		k.classify(got, 1, text)
		for _, m := range got.classes() {
			m[0], m[1] = m[1], 0
		}
		k.classify(got, n+1, text[64:])
		for i := range n + 2 {
			for c, m := range got.classes() {
				if w := want.classes()[c][i]; m[i] != w {
					t.Fatalf("%s: class %d of block %d of %q:\n got %x\nwant %x", name, c, i, text, m[i], w)
				}
			}
		}
		k.derive(got, n)
		for i := 1; i <= n; i++ {
			for c, m := range got.derived() {
				if w := want.derived()[c][i]; m[i] != w {
					t.Fatalf("%s: plane %d of block %d of %q:\n got %x\nwant %x", name, c, i, text, m[i], w)
				}
			}
		}
		for event, m := range got.events {
			if w := want.events[event]; (m^w)<<(64-n) != 0 {
				t.Fatalf("%s: event %d of %q:\n got %x\nwant %x", name, event, text, m, w)
			}
		}
	}
}

func (p *planes) derived() []*plane {
	return []*plane{&p.word, &p.first, &p.starts, &p.joins, &p.codes, &p.tens, &p.gaps, &p.dots, &p.fracs, &p.threes, &p.sixes, &p.years, &p.shorts, &p.linked}
}

func TestKernelsAgree(t *testing.T) {
	var every []byte
	for x := range 256 {
		for y := range 256 {
			every = append(every, byte(x), byte(y))
		}
	}
	for ; len(every) > 4*64; every = every[64:] {
		checkKernels(t, every[:4*64+1:4*64+1])
	}
	r := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split("1|12|123|1234|123456|12345678901|.|.|:|::|@| |, |-|а|я|Я|Ё|Иван|р/с|A|B|x|No|№|\u00a0|\xff|WBA12345678901234|2a:4f|12.34|\x00", "|")
	for round := range 4000 {
		text := make([]byte, 0, 64*stretch)
		for want := 64*(3+r.IntN(1+round%5*(stretch/5))) + 1; len(text) < want; {
			if round%2 == 0 {
				text = append(text, byte(r.Uint32()))
			} else {
				text = append(text, pieces[r.IntN(1+r.IntN(len(pieces)))]...)
			}
		}
		checkKernels(t, text)
	}
}

func FuzzKernels(f *testing.F) {
	f.Add([]byte("Иванов Иван, тел. +7 (916) 123-45-67, ivan@mail.ru, СНИЛС 112-233-445 95; ООО «Ромашка» — 12 %"))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = append(make([]byte, 64), text...)
		checkKernels(t, append(text, make([]byte, 3*64+1)...))
	})
}
