package pipeline

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bezlik/connectors"
	"bezlik/connectors/telegram"
	"bezlik/detectors"
)

// A message is what the tests read of a chat.
type message struct {
	ID       int             `json:"id"`
	Text     json.RawMessage `json:"text"`
	Entities []entity        `json:"text_entities"`
}

type entity struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// said joins the text of a message, which is a string or an array of strings and entities, and that of its entities.
func (m *message) said(t failer) (text, entities string) {
	t.Helper()
	if json.Unmarshal(m.Text, &text) != nil {
		var list []json.RawMessage
		if err := json.Unmarshal(m.Text, &list); err != nil {
			t.Fatal(err)
		}
		for _, raw := range list {
			var s string
			var e entity
			if json.Unmarshal(raw, &s) == nil {
				text += s
			} else if err := json.Unmarshal(raw, &e); err != nil {
				t.Fatal(err)
			}
			text += e.Text
		}
	}
	for _, e := range m.Entities {
		entities += e.Text
	}
	return text, entities
}

// chatOf writes messages as Telegram Desktop does.
func chatOf(messages []map[string]any) []byte {
	b, _ := json.MarshalIndent(map[string]any{"name": "Чат", "type": "personal_chat", "id": 7, "messages": messages}, "", " ")
	return b
}

// cutText cuts a text at the places given, into what stands in text and in text_entities.
func cutText(text string, at []int, bold func(i int) bool) (list []any, entities []entity) {
	from := 0
	for i, to := range append(at, len(text)) {
		if to <= from {
			continue
		}
		e := entity{"plain", text[from:to]}
		if bold(i) {
			e.Type = "bold"
			list = append(list, e)
		} else {
			list = append(list, e.Text)
		}
		entities = append(entities, e)
		from = to
	}
	return list, entities
}

// inChat masks a chat and returns its messages.
func inChat(t failer, messages []map[string]any, size int) []message {
	t.Helper()
	open := func(size int) connectors.Source {
		b := chatOf(messages)
		return telegram.New(memory(b), telegram.Options{BatchSize: size})
	}
	out, _ := masked(t, open, masking(t), size, 2)
	var back struct {
		Messages []message `json:"messages"`
	}
	if err := json.Unmarshal([]byte(out), &back); err != nil {
		t.Fatal(err)
	}
	return back.Messages
}

// Wherever formatting cuts a number, it is found once and masked in both places alike, and what stands around it stays.
func TestNumbersCutByFormatting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		value := []func(*rand.Rand) string{phone, inn, email}[rapid.IntRange(0, 2).Draw(t, "kind")](r)
		before, after := rapid.SampledFrom([]string{"звоните ", "мой инн ", "вот: "}).Draw(t, "before"), rapid.SampledFrom([]string{", жду", "", "\nпривет"}).Draw(t, "after")
		text := before + value + after
		at := rapid.SliceOfNDistinct(rapid.IntRange(0, len(value)), 1, 4, rapid.ID[int]).Draw(t, "cuts")
		for i := range at {
			at[i] += len(before)
		}
		bold := rapid.Uint8().Draw(t, "bold")
		list, entities := cutText(text, slices.Sorted(slices.Values(at)), func(i int) bool { return bold>>(i%8)&1 != 0 })
		m := map[string]any{"id": 1, "type": "message", "date": "2025-03-01T10:00:00", "date_unixtime": "1740823200", "from": "Админ", "from_id": "user1", "text": list, "text_entities": entities}
		got := inChat(t, []map[string]any{m, m}, rapid.SampledFrom([]int{0, 100}).Draw(t, "size"))
		for _, m := range got {
			text, entities := m.said(t)
			if expected := before + "***" + after; text != expected || entities != expected {
				t.Fatalf("%q cut at %v became %q and %q", value, at, text, entities)
			}
		}
		// It is told as a whole, and counted as often as it is told.
		lines, _, _ := scanned(t, &Scan{Source: telegram.New(memory(chatOf([]map[string]any{m})), telegram.Options{}), Workers: 1, MinScore: detectors.Mask})
		told, counted := sums(t, lines)
		quoted, _ := json.Marshal(value)
		if !maps.Equal(told, counted) || !strings.Contains(strings.Join(lines, "\n"), `"value":`+string(quoted)) {
			t.Fatalf("told %v, counted %v: %s", told, counted, strings.Join(lines, "\n"))
		}
	})
}

// The same text is masked alike as a string, as an array, and in text_entities, also where these cut it otherwise.
func TestTextIsMaskedAlikeInEveryForm(t *testing.T) {
	r := rand.New(rand.NewPCG(70, 70))
	for range 40 {
		text := "звоните " + phone(r) + " или пишите " + email(r) + ", инн " + inn(r)
		want := "звоните *** или пишите ***, инн ***"
		var messages []map[string]any
		for form := range 6 {
			var cuts [2][]int
			for k := range cuts {
				for range form {
					cuts[k] = append(cuts[k], len("звоните ")+r.IntN(len(text)-40))
				}
				cuts[k] = onCharacters(text, slices.Sorted(slices.Values(cuts[k])))
			}
			var v any = text
			list, entities := cutText(text, cuts[0], func(i int) bool { return i%2 == 1 })
			if form > 0 {
				v = list
			}
			if form >= 3 {
				_, entities = cutText(text, cuts[1], func(i int) bool { return i%2 == 1 })
			}
			messages = append(messages, map[string]any{"id": form, "type": "message", "date": "2025-03-01T10:00:00", "date_unixtime": "1740823200", "from": "Админ", "from_id": "user1", "text": v, "text_entities": entities})
		}
		for i, m := range inChat(t, messages, 0) {
			if text, entities := m.said(t); text != want || entities != want {
				b, _ := json.Marshal(messages[i])
				t.Errorf("%s became %q and %q", b, text, entities)
			}
		}
	}
}

// onCharacters moves cuts to where a character begins.
func onCharacters(text string, at []int) []int {
	for i := range at {
		for text[at[i]]&0xC0 == 0x80 {
			at[i]--
		}
	}
	return at
}

// What a chat says beside formatted texts comes out byte for byte.
func TestChatWithoutFindingsIsUntouched(t *testing.T) {
	var messages []map[string]any
	for i := range 50 {
		list, entities := cutText("просто разговор о погоде", []int{12, 13}, func(i int) bool { return i%2 == 0 })
		messages = append(messages, map[string]any{"id": i, "type": "message", "date": "2025-03-01T10:00:00", "date_unixtime": "1740823200", "text": list, "text_entities": entities})
	}
	b := chatOf(messages)
	for _, size := range []int{0, 64, 1000} {
		got, out := masked(t, func(int) connectors.Source { return telegram.New(memory(b), telegram.Options{BatchSize: size}) }, masking(t), size, 3)
		if !bytes.Equal(b, []byte(got)) || out.Changed != 0 {
			t.Errorf("batches of %d: %s", size, differ(strings.Split(string(b), "\n"), strings.Split(got, "\n")))
		}
	}
}
