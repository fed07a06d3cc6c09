package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bezlik/pipeline"
	"bezlik/rules"
)

func (a *app) mapCommand() *cobra.Command {
	c := &cobra.Command{Use: "map", Short: "Draft which column is which"}
	var policy string
	var r reading
	draft := &cobra.Command{Use: "draft SOURCE… --policy P", Short: "Draft a map from a scan, for a person to review", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := readPolicy(policy)
			if err != nil {
				return err
			}
			var seen []rules.Seen
			for _, source := range args {
				s, err := a.seen(cmd.Context(), source, &r)
				if err != nil {
					return err
				}
				seen = append(seen, s...)
			}
			_, err = a.out.Write(a.remarks(rules.DraftMap(p, seen).YAML()))
			return err
		}}
	draft.Flags().StringVar(&policy, "policy", "", "policy: a built-in id or a file")
	r.flags(draft)
	c.AddCommand(draft)
	return c
}

// seen scans a source and tells what its columns hold.
func (a *app) seen(ctx context.Context, source string, r *reading) ([]rules.Seen, error) {
	src, err := a.open(ctx, source, r)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	scan := &pipeline.Scan{Source: src, Emit: func(*pipeline.Message) error { return nil }}
	done := a.progress(scan)
	res, err := scan.Survey(ctx)
	done()
	if err != nil {
		return nil, err
	}
	for i := range res.Problems {
		fmt.Fprintf(a.err, "%s %s\n", a.say("НЕ ПРОЧИТАНО", "NOT READ"), a.where(&res.Problems[i]))
	}
	if !res.Complete() {
		return nil, &exit{code: exitIncomplete}
	}
	return res.Seen(), nil
}
