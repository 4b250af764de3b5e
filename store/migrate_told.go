package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
)

// howOften is how often somebody who waits for a migration hears how far it is.
const howOften = 5 * time.Second

// upwards carries the migrations out one after the other, and tells how far each is: a step over all cards of a large zone takes minutes, and what says nothing
// for so long looks as if it hung.
func upwards(ctx context.Context, db *sql.DB, provider *goose.Provider, tell func(words string)) error {
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	steps, err := provider.Status(ctx)
	if err != nil {
		return err
	}
	pending := 0
	for _, step := range steps {
		if step.State == goose.StatePending {
			pending++
		}
	}
	if tell == nil || version == 0 || pending == 0 { // an empty database is filled in a moment
		_, err := provider.Up(ctx)
		return err
	}
	defer func() { _ = uncount(context.WithoutCancel(ctx), db) }() // should it stay, it only counts; the next migration takes it away
	for step := 1; ; step++ {
		cards, err := count(ctx, db)
		if err != nil {
			return err
		}
		tell(fmt.Sprintf("正在升级数据，第 %d 步，共 %d 步 / bringing the data up to date, step %d of %d", step, pending, step, pending))
		done := make(chan struct{})
		heard := make(chan struct{})
		go func() {
			defer close(heard)
			ticker := time.NewTicker(howOften)
			defer ticker.Stop()
			listen(ctx, db, cards, ticker.C, done, tell)
		}()
		_, err = provider.UpByOne(ctx)
		close(done)
		<-heard
		if errors.Is(err, goose.ErrNoNextVersion) {
			return nil
		}
		if err != nil {
			return err
		}
		if step == pending {
			return nil
		}
	}
}

// count lets every card that a migration writes be counted by a sequence, which others can read while the migration's transaction is open. It returns how many
// cards there are, 0 where the schema has none yet.
func count(ctx context.Context, db *sql.DB) (cards int64, err error) {
	if err := uncount(ctx, db); err != nil {
		return 0, err
	}
	var there bool
	if err := db.QueryRowContext(ctx, "SELECT to_regclass('public.cards') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM cards").Scan(&cards); err != nil {
		return 0, err
	}
	_, err = db.ExecContext(ctx, `CREATE SEQUENCE written_cards;
		CREATE FUNCTION count_card() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN PERFORM nextval('written_cards'); RETURN NEW; END $$;
		CREATE TRIGGER count_card BEFORE INSERT OR UPDATE ON cards FOR EACH ROW EXECUTE FUNCTION count_card()`)
	return cards, err
}

// uncount takes away what count made.
func uncount(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `DROP FUNCTION IF EXISTS count_card CASCADE; DROP SEQUENCE IF EXISTS written_cards`)
	return err
}

// listen tells how many cards a step has written, and about how long it takes still, until it is done.
func listen(ctx context.Context, db *sql.DB, cards int64, ticks <-chan time.Time, done <-chan struct{}, tell func(words string)) {
	began := time.Now()
	for {
		select {
		case <-done:
			return
		case <-ctx.Done():
			return
		case <-ticks:
			var written int64
			if cards == 0 || db.QueryRowContext(ctx, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM written_cards").Scan(&written) != nil {
				written = 0
			}
			tell(howFar(written, cards, time.Since(began)))
		}
	}
}

// howFar says how far a step is that writes every card once, and about how long the rest takes.
func howFar(written, cards int64, since time.Duration) string {
	passed := since.Round(time.Second)
	if written <= 0 || written > cards {
		return fmt.Sprintf("  已用 %s / %s so far", passed, passed)
	}
	left := time.Duration(float64(since) / float64(written) * float64(cards-written)).Round(time.Second)
	return fmt.Sprintf("  已整理 %d / %d 张卡片，已用 %s，大约还要 %s / %d of %d cards, %s so far, about %s to go", written, cards, passed, left, written, cards, passed, left)
}
