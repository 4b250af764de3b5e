package ui

import (
	"context"

	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
)

// ValueWords is a value of a column in words.
func ValueWords(ctx context.Context, kind process.Kind, col listing.Column, value string, rules process.Rules) string {
	if col.As == listing.Stage {
		return stageWords(ctx, rules, value)
	}
	if col.As == listing.State {
		return stateWords(ctx, kind, value)
	}
	return i18n.T(ctx, col.Name+"."+value)
}

// SheetHead is what a column is called in a workbook, where an amount names its unit.
func SheetHead(ctx context.Context, kind process.Kind, col listing.Column) string {
	if col.As == listing.Money {
		return i18n.First(ctx, "export."+col.Name, "change."+col.Name)
	}
	if col.As == listing.Share {
		return i18n.T(ctx, "column.in_percent", "Name", ColumnName(ctx, kind, col.Name))
	}
	return ColumnName(ctx, kind, col.Name)
}

// moneyUnit is the unit in which a column of amounts is printed.
func moneyUnit(ctx context.Context) string { return i18n.T(ctx, "money.column") }
