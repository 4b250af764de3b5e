package site

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// besideCell is what the ledger says, as a sheet reckons with it.
func besideCell(col listing.Column, said string) any {
	if col.As == listing.Day {
		if day, err := clock.ParseDate(said); err == nil {
			return day
		}
	}
	if n, err := strconv.Atoi(said); col.As == listing.Counted && err == nil {
		return n
	}
	return said
}

// readLedger reads what stands beside the columns of the rows of a page, where its reader chose any of it.
func (s *Site) readLedger(c echo.Context, l *ui.Listed) error {
	for _, col := range l.Columns {
		if _, beside, _ := l.Kind.List.Shown(col.Name); beside {
			l.Ledger = store.Ledger{}
			return l.Ledger.Add(c.Request().Context(), s.App.Store, actorOf(c), l.Kind, l.Rows)
		}
	}
	return nil
}
