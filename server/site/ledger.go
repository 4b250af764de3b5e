package site

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// besideCell is what the ledger says, as a sheet reckons with it.
func besideCell(ctx context.Context, kind process.Kind, col listing.Column, said string) any {
	if col.As == listing.Word {
		return ui.BesideWords(ctx, kind, col, said)
	}
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

// arrange narrows and sorts a list by what stands beside its columns, where its address asks for that.
func (s *Site) arrange(c echo.Context, asked *reading, l *ui.Listed) (err error) {
	kind := l.Kind // with the list as its reader has it
	asked.arranged, err = s.App.Store.Arrange(c.Request().Context(), actorOf(c), kind.Kind, asked.Conditions, l.Sort, s.App.Now())
	var many *store.TooMany
	if !errors.As(err, &many) || wantsSheet(c) {
		return err
	}
	for _, fault := range many.Refusal().Fields {
		l.Faults = append(l.Faults, said(c.Request().Context(), kind, fault))
	}
	asked.Conditions = asked.WithoutBeside(kind)
	if _, beside, _ := kind.List.Shown(strings.TrimPrefix(l.Sort, "-")); beside {
		l.Sort = ""
	}
	return nil
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
