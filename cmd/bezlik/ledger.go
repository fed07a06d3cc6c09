package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bezlik/connectors"
	"bezlik/pipeline"
	"bezlik/rules"
)

// ledgerPath is where actions are accounted for.
func (a *app) ledgerPath(flag string) string {
	if flag != "" {
		return flag
	}
	return filepath.Join(a.stateFolder(), "ledger.jsonl")
}

func (a *app) ledgerCommand() *cobra.Command {
	c := &cobra.Command{Use: "ledger", Short: "Show and verify the account of actions with personal data",
		Long: "Show and verify the account of actions with personal data: JSON lines, each bound to the one before by its hash.\n" +
			"The chain has no key. Who may write the file can write a whole new chain, or cut the end off: a change shows only to\n" +
			"those who noted the head (number of entries and last hash) elsewhere. Every export and every verify tells it."}
	var path string
	c.PersistentFlags().StringVar(&path, "ledger", "", "the ledger (in your state folder if left out: BEZLIK_HOME, else ~/.local/state/bezlik)")
	c.AddCommand(a.ledgerVerify(&path))
	c.AddCommand(&cobra.Command{Use: "show", Short: "Print the entries", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		l := &pipeline.Ledger{Path: a.ledgerPath(path)}
		head, err := l.Verify(a.showEntry)
		return a.ledgerError(l, head, err)
	}})
	return c
}

func (a *app) ledgerVerify(path *string) *cobra.Command {
	var entries int64
	var hash string
	c := &cobra.Command{Use: "verify", Short: "Verify the chain of entries, and compare it with a head noted before",
		Long: "Verify the chain of entries and print its head. --entries and --head compare it with a head noted elsewhere: the\n" +
			"entry of that number must have that hash; later entries may follow.",
		Args: cobra.NoArgs}
	c.Flags().Int64Var(&entries, "entries", 0, "how many entries the chain had")
	c.Flags().StringVar(&hash, "head", "", "the hash of its last entry then")
	c.RunE = func(*cobra.Command, []string) error {
		hash = strings.ToLower(hash)
		if b, err := hex.DecodeString(hash); c.Flags().Changed("head") && (err != nil || len(b) != sha256.Size) {
			return wrong("--head is 64 hexadecimal digits")
		}
		if c.Flags().Changed("entries") && entries < 1 {
			return wrong("--entries is 1 or more")
		}
		l := &pipeline.Ledger{Path: a.ledgerPath(*path)}
		found := hash == ""
		head, err := l.Verify(func(e *pipeline.Entry) error {
			found = found || e.Hash == hash && (entries == 0 || e.Seq == entries)
			return nil
		})
		if err := a.ledgerError(l, head, err); err != nil {
			return err
		}
		if head.Entries < entries || !found {
			return &exit{code: exitIncomplete, err: clean(fmt.Sprintf(a.say("%s: цепочка цела, но это не та, что была записана: %s, последний хеш %s",
				"%s: the chain holds, but it is not the one that was noted: %s, head %s"), l.Path, a.many(head.Entries, "запись|записи|записей", "entry|entries"), head.Hash))}
		}
		fmt.Fprintf(a.out, a.say("%s, цепочка цела, последний хеш %s\n", "%s, the chain holds, head %s\n"), a.many(head.Entries, "запись|записи|записей", "entry|entries"), head.Hash)
		return nil
	}
	return c
}

// ledgerError says what is wrong with a ledger. One without entries is no success: a ledger is made with its first.
func (a *app) ledgerError(l *pipeline.Ledger, head pipeline.Head, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &connectors.Problem{Object: l.Path, Kind: "missing", Message: a.say("такого учёта нет", "there is no such ledger"),
			Hint: a.say("назовите его через --ledger; первая выгрузка начинает его, пропавший — повод разобраться",
				"name it with --ledger; the first export begins it, and one that is gone is a reason to find out")}
	case err != nil:
		return pipeline.Sanitize(l.Path, err)
	case head.Entries == 0:
		return &connectors.Problem{Object: l.Path, Kind: "empty", Message: a.say("учёт пуст", "the ledger is empty"),
			Hint: a.say("файл возникает вместе с первой записью: его очистили, или первая запись не удалась",
				"the file comes with its first entry: somebody has emptied it, or the first entry failed")}
	}
	return nil
}

// showEntry prints an entry in a line.
func (a *app) showEntry(e *pipeline.Entry) error {
	var d struct {
		Decision struct {
			Export, Recipient, Policy string
			Decision                  string
		}
		Reason  string
		Outcome *struct{ Rows int64 }
	}
	if json.Unmarshal(e.Detail, &d) != nil {
		return nil
	}
	said := a.word(d.Decision.Decision)
	switch {
	case d.Reason != "" && strings.HasPrefix(d.Decision.Decision, rules.Allow.String()): // allowed, and it came to nothing all the same
		said = a.plain(d.Reason)
	case d.Reason != "":
		said += ": " + a.plain(d.Reason)
	case e.Action == pipeline.ActionExport && d.Outcome != nil:
		said += ", " + a.many(d.Outcome.Rows, "строка|строки|строк", "row|rows")
	}
	_, err := fmt.Fprintf(a.out, "%d  %s  %-8s %s/%s → %s: %s\n", e.Seq, printable(e.At), printable(a.word(e.Action)), printable(d.Decision.Policy),
		printable(d.Decision.Export), printable(d.Decision.Recipient), printable(said))
	return err
}
