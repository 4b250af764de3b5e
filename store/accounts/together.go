package accounts

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Together does several things in one transaction: all of them, or with an error none.
func (q *Queries) Together(ctx context.Context, do func(*Queries) error) error {
	pool, ok := q.db.(interface {
		Begin(ctx context.Context) (pgx.Tx, error)
	})
	if !ok {
		return fmt.Errorf("no transaction can be begun on %T", q.db)
	}
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return do(q.WithTx(tx)) })
}
