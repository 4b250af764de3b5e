package ui

import (
	"context"

	"github.com/parkway-zone/parkway/web/i18n"
)

// Pages says how much of a list a page shows, where it goes on, and how the whole of it is taken away.
type Pages struct {
	Count string // in words; "" for none
	Next  string // address of the next page
	Shown int
	Total int  // rows of the filter
	More  bool // there are more than Total: nobody counted on
	All   string
	Sheet string // address of the workbook
}

// leftOut says on paper how much of the list is on it.
func (p Pages) leftOut(ctx context.Context) string {
	switch {
	case p.More && p.Total == p.Shown:
		return i18n.T(ctx, "pager.left_out.some", "Shown", p.Shown)
	case p.More:
		return i18n.T(ctx, "pager.left_out.more", "Shown", p.Shown, "Left", p.Total-p.Shown)
	case p.Total > p.Shown:
		return i18n.T(ctx, "pager.left_out", "Shown", p.Shown, "Left", p.Total-p.Shown)
	}
	return i18n.T(ctx, "pager.whole", "Shown", p.Shown)
}
