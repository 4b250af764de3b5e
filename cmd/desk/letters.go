package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

// Letters is how letters are numbered and written.
type Letters struct {
	List LettersList `cmd:"" help:"How every sort of letter is numbered and written, and its next number."`
	Set  LettersSet  `cmd:"" help:"Change how a sort of letter is numbered and written, from its next letter on."`
}

// LettersList prints the settings.
type LettersList struct{}

// Run prints a line for each sort.
func (LettersList) Run(ctx context.Context, open Opener) error {
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		all, err := db.LetterSettings(ctx, clock.DateOf(time.Now()).Year())
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		for _, s := range all {
			use, template := "in use", s.TemplateName
			if !s.InUse {
				use = "not in use"
			}
			if template == "" {
				template = "as shipped"
			}
			if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.ID, s.Name.Chinese, use, s.Next, template); err != nil {
				return err
			}
		}
		return w.Flush()
	})
}

// LettersSet changes one sort.
type LettersSet struct {
	Sort     string  `arg:"" help:"The sort, as list names it: rectification_opinion."`
	Format   *string `help:"Format of its numbers, e.g. {代字}整改〔{年}〕{序号}号."`
	Use      string  `enum:"yes,no,stays" default:"stays" help:"Whether it is in use: yes, no, stays."`
	Template string  `type:"existingfile" help:"A .docx to write it from."`
	Shipped  bool    `help:"Back to the template that comes with the program."`
}

// Run changes what was given.
func (c LettersSet) Run(ctx context.Context, open Opener) error {
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		wish := store.LetterWish{Format: c.Format, Shipped: c.Shipped}
		if c.Use != "stays" {
			use := c.Use == "yes"
			wish.InUse = &use
		}
		if c.Template != "" {
			file, err := os.ReadFile(c.Template)
			if err != nil {
				return fmt.Errorf("read the template: %w", err)
			}
			wish.File, wish.Name = file, filepath.Base(c.Template)
		}
		if err := db.SetLetter(ctx, operator(), c.Sort, wish, time.Now()); err != nil {
			return Setup{}.Refused(err)
		}
		fmt.Println("done")
		return nil
	})
}
