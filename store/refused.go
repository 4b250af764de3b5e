package store

import (
	"errors"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/process"
)

// Refusal returns the refusal that an error of the database means for whoever sent what it did not take: a value that cannot be (SQLSTATE class 22), a
// row that may not be (23), or one that is larger than the database can hold (54). It is nil for every other error: those may be different a moment
// later, these never are. The rules check what comes in before the database does, so each of them is a rule that is missing: log it with Refused.
func Refusal(err error) *process.Refusal {
	if err == nil {
		return nil
	}
	refusal := process.Refuse(process.InvalidInput, "内容里有系统不能保存的值，没有保存。请核对后重试；问题已经记录。",
		"It holds a value that cannot be kept, so nothing was kept. Check it and try again; the fault is on record.")
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg):
		switch class := pg.Code[:min(2, len(pg.Code))]; class {
		case "22", "23", "54":
			return refusal
		}
	case strings.Contains(err.Error(), "failed to encode args["): // pgx found it before it was sent
		return refusal
	}
	return nil
}

// quotes is what PostgreSQL repeats of what was sent.
var quotes = regexp.MustCompile(`: .*$`) //nolint:gochecknoglobals // compiled once, never changed

// Refused names, for the log, what the database did not take: never the value itself.
func Refused(err error) []any {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return []any{"why", "no value of the column's type"}
	}
	return []any{"sqlstate", pg.Code, "why", quotes.ReplaceAllString(pg.Message, "…"), "table", pg.TableName, "column", pg.ColumnName, "constraint", pg.ConstraintName}
}

// refused turns what the database will never take into a refusal, and tells us.
func (s *Store) refused(err error, about ...any) error {
	var already *process.Refusal
	if errors.As(err, &already) {
		return err
	}
	refusal := Refusal(err)
	if refusal == nil {
		return err
	}
	s.log.Error("the database refused what the rules let through", append(about, Refused(err)...)...)
	return refusal
}
