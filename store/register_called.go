package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/register"
)

// called are the names and credit codes by which enterprises go. They are read once for a sheet of thousands: nearly every row of one is a company that nothing on
// file is called like, and to ask the database about each of them takes longer than a person waits.
type called struct {
	used    map[string]bool // on file, in the register of those that were merged, or earlier in the sheet
	waiting map[string]kept // of a trial: by each of its names, what would be written and was not, because nothing has asked for it
}

// fewToAsk is how many records are asked about one by one.
const fewToAsk = 20

// read reads them, where that many are written.
func (c *called) read(ctx context.Context, w writer, many int) error {
	if w.register.Name != register.EnterprisesName || many <= fewToAsk {
		return nil
	}
	names, err := w.q.CalledEnterprises(ctx, w.park)
	if err != nil {
		return fmt.Errorf("read by what names enterprises go: %w", err)
	}
	c.used, c.waiting = make(map[string]bool, len(names)+2*many), map[string]kept{}
	for _, name := range names {
		c.used[name] = true
	}
	return nil
}

// goes are the names and the credit code of an enterprise as called knows them.
func goes(e register.Enterprise) []string {
	names := compared(e.Name, e.ShortName, goesBy(e))
	if e.CreditCode != "" {
		names = append(names, e.CreditCode)
	}
	return names
}

// keep writes a record on its shelf. One of very many enterprises that is new, and that nothing is called like, is not asked about again; in a trial it is not
// written either, until a later row goes by one of its names: that row is told what it would be told if it came after it.
func (w writer) keep(ctx context.Context, k kept) error {
	c := w.called
	var e register.Enterprise
	if c.used != nil {
		if err := json.Unmarshal(k.Doc, &e); err != nil {
			return fmt.Errorf("understand an enterprise: %w", err)
		}
	}
	names := goes(e)
	alone := c.used != nil && k.New && !slices.ContainsFunc(names, func(name string) bool { return c.used[name] })
	if w.before != nil && (!alone || !w.trial) {
		if err := w.before(); err != nil {
			return fmt.Errorf("begin to write a record of %s: %w", w.register.Name, err)
		}
	}
	err := c.bring(ctx, w, names)
	switch {
	case err != nil:
	case !alone:
		err = shelves()[w.register.Name].keep(ctx, w.q, w.park, k)
	case w.trial:
		for _, name := range names {
			c.waiting[name] = k
		}
	default:
		err = writeEnterprise(ctx, w.q, w.park, k, e)
	}
	if err == nil && c.used != nil {
		for _, name := range names {
			c.used[name] = true
		}
	}
	return err
}

// bring writes those that wait and go by one of the names: again, should one have been taken back together with a row that was refused.
func (c *called) bring(ctx context.Context, w writer, names []string) error {
	for _, name := range names {
		k, ok := c.waiting[name]
		if !ok {
			continue
		}
		var e register.Enterprise
		if err := json.Unmarshal(k.Doc, &e); err != nil {
			return fmt.Errorf("understand an enterprise: %w", err)
		}
		if err := writeEnterprise(ctx, w.q, w.park, k, e); err != nil {
			return err
		}
	}
	return nil
}
