package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bezlik/anonymize"
	"bezlik/pipeline"
	"bezlik/rules"
)

func (a *app) maskCommand() *cobra.Command {
	var profile, keyFile, as string
	var workers int
	c := &cobra.Command{
		Use:   "mask < in > out",
		Short: "Mask a stream in flight: text, CSV, JSONL, Telegram in, the same out",
		Long: "Mask a stream in flight. The first 4 MiB decide what the columns hold; every value found is masked by the profile.\n" +
			"When the rest of the stream shows that the decision came too late, the exit code is 3 and the output must not be used.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := rules.MaskProfile()
			var err error
			if profile != "" {
				if p, err = readProfile(profile); err != nil {
					return err
				}
			}
			key, err := readKey(keyFile)
			if err != nil {
				return err
			}
			defer useCores(workers)()
			return a.mask(cmd.Context(), p, key, as, workers)
		},
	}
	c.Flags().StringVar(&profile, "profile", "", "how each kind and column is treated (everything personal becomes *** if left out)")
	c.Flags().StringVar(&keyFile, "key-file", "", "key of tokens: a file, env:NAME or cmd:COMMAND; 64 hex digits")
	c.Flags().StringVar(&as, "as", "", "the format of the stream, whatever it looks like")
	c.Flags().IntVar(&workers, "workers", 0, "how many cores to use (all if left out)")
	return c
}

func (a *app) mask(ctx context.Context, p *rules.Profile, key *anonymize.Key, as string, workers int) error {
	src, err := a.open(ctx, "-", &reading{as: as})
	if err != nil {
		return err
	}
	defer src.Close()
	f := &pipeline.Filter{Head: src.(*streamed).first, Stream: src, Workers: workers, Now: time.Now(), Out: a.out,
		Plan: func(seen []rules.Seen) (*rules.Plan, error) {
			plan, err := rules.MaskPlan(p, seen, key)
			if err != nil {
				return nil, unplanned(err, key)
			}
			return plan, nil
		}}
	_, err = f.Run(ctx)
	var usage *exit
	if err == nil || errors.As(err, &usage) {
		return err
	}
	return &exit{code: exitIncomplete, err: clean(strings.TrimPrefix(a.where(pipeline.Sanitize("", err)), ": ") +
		a.say(" — выводом не пользуйтесь, он неполон", " — do not use the output, it is incomplete"))}
}
