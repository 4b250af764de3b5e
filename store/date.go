package store

import (
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/parkway-zone/parkway/domain/clock"
)

// date lets pgx read and write clock.Date, which knows nothing of SQL. NULL is the zero Date.
type date clock.Date

// ScanDate implements pgtype.DateScanner.
func (d *date) ScanDate(v pgtype.Date) error {
	if !v.Valid {
		*d = date{}
		return nil
	}
	if v.InfinityModifier != pgtype.Finite {
		return fmt.Errorf("an infinite date is not a day")
	}
	*d = date(clock.NewDate(v.Time.Date()))
	return nil
}

// DateValue implements pgtype.DateValuer.
func (d date) DateValue() (pgtype.Date, error) {
	day := clock.Date(d)
	if day.IsZero() {
		return pgtype.Date{}, nil
	}
	return pgtype.Date{Time: day.Start().Add(clock.ZoneOffset), Valid: true}, nil
}

type dateScanPlan struct{ next pgtype.ScanPlan }

func (p *dateScanPlan) SetNext(next pgtype.ScanPlan) { p.next = next }
func (p *dateScanPlan) Scan(src []byte, target any) error {
	return p.next.Scan(src, (*date)(target.(*clock.Date)))
}

type dateEncodePlan struct{ next pgtype.EncodePlan }

func (p *dateEncodePlan) SetNext(next pgtype.EncodePlan) { p.next = next }
func (p *dateEncodePlan) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(date(value.(clock.Date)), buf)
}

// registerDates teaches a connection about clock.Date.
func registerDates(types *pgtype.Map) {
	types.TryWrapScanPlanFuncs = append([]pgtype.TryWrapScanPlanFunc{func(target any) (pgtype.WrappedScanPlanNextSetter, any, bool) {
		if d, ok := target.(*clock.Date); ok {
			return &dateScanPlan{}, (*date)(d), true
		}
		return nil, nil, false
	}}, types.TryWrapScanPlanFuncs...)
	types.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{func(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
		if d, ok := value.(clock.Date); ok {
			return &dateEncodePlan{}, date(d), true
		}
		return nil, nil, false
	}}, types.TryWrapEncodePlanFuncs...)
}
