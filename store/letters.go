package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// LetterRow is a letter in a list, with the case it is about.
type LetterRow struct {
	sqlc.LettersRow
	Served *letter.Service
	Void   *letter.Voided
}

// LetterAsk narrows the list of letters; what is empty asks for nothing.
type LetterAsk struct {
	Sort  string
	State string // served, unserved, void
	Year  int
	Words string
}

// Letters are the letters that the actor reads, the latest first.
func (s *Store) Letters(ctx context.Context, actor process.Actor, ask LetterAsk, after Cursor, size int) ([]LetterRow, Cursor, error) {
	list := listed("letters", ask)
	park, ids, _, err := s.scope(ctx, actor)
	if err != nil {
		return nil, "", err
	}
	var theirs []string // an enterprise's letters, and those of what became part of it
	if own := ownEnterprise(actor); own != nil {
		was, err := s.queries.Formerly(ctx, *own)
		if err != nil {
			return nil, "", fmt.Errorf("read which enterprises have become part of %s: %w", *own, err)
		}
		theirs = append([]string{*own}, was...)
	}
	asked := sqlc.LettersParams{ParkID: park, Viewers: ids, OutsideOf: theirs, Sort: given(ask.Sort), State: given(ask.State), Year: givenYear(ask.Year), Size: int32(size)}
	if ask.Words != "" {
		asked.Words = given("%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(ask.Words) + "%")
	}
	if err := after.intoLetters(list, &asked); err != nil {
		return nil, "", err
	}
	rows, err := s.queries.Letters(ctx, asked)
	if err != nil {
		return nil, "", fmt.Errorf("list the letters: %w", err)
	}
	found := make([]LetterRow, 0, len(rows))
	for _, r := range rows {
		row := LetterRow{LettersRow: r}
		if err := errors.Join(readInto(r.Served, &row.Served), readInto(r.Void, &row.Void)); err != nil {
			return nil, "", fmt.Errorf("read the letter %s: %w", r.Number, err)
		}
		if theirs != nil {
			row.ByName = ""
			if row.Served, err = ownReceipt(r.Receipts, theirs, row.Served); err != nil {
				return nil, "", fmt.Errorf("read the receipts of the letter %s: %w", r.Number, err)
			}
		}
		found = append(found, row)
	}
	if len(rows) < size {
		return found, "", nil
	}
	last := rows[len(rows)-1]
	place := strings.Join([]string{last.IssuedOn.String(), last.CaseID, strconv.Itoa(int(last.Seq))}, "|")
	return found, Cursor(base64.RawURLEncoding.EncodeToString([]byte(place))).of(list), nil
}

// ownReceipt is how a letter to several enterprises was served on one of them; whole where it is addressed to one alone.
func ownReceipt(receipts json.RawMessage, own []string, whole *letter.Service) (*letter.Service, error) {
	if len(receipts) == 0 {
		return whole, nil
	}
	var all []letter.Receipt
	if err := json.Unmarshal(receipts, &all); err != nil {
		return nil, err
	}
	return letter.ReceivedBy(all, func(id string) bool { return slices.Contains(own, id) }), nil
}

// NumberAwaiting is a number that a notice has drawn and that is on no letter yet.
type NumberAwaiting = sqlc.NumbersAwaitingRow

// AwaitingShown is how many numbers that await their letter are named at most.
const AwaitingShown = 50

// NumbersAwaiting are the newest numbers that await their letter, at most as many as are shown, and whether there are more. Whoever knows of some cases alone reads none
// of them.
func (s *Store) NumbersAwaiting(ctx context.Context, actor process.Actor) (newest []NumberAwaiting, more bool, err error) {
	if viewers(actor) != nil {
		return nil, false, nil
	}
	rows, err := s.queries.NumbersAwaiting(ctx, AwaitingShown+1)
	if err != nil {
		return nil, false, fmt.Errorf("look for numbers that await their letter: %w", err)
	}
	return rows[:min(len(rows), AwaitingShown)], len(rows) > AwaitingShown, nil
}

func readInto[T any](doc json.RawMessage, to **T) error {
	if len(doc) == 0 || string(doc) == "null" {
		return nil
	}
	*to = new(T)
	return json.Unmarshal(doc, *to)
}

// intoLetters puts the place after which the list goes on into the question.
func (c Cursor) intoLetters(list string, asked *sqlc.LettersParams) error {
	place, err := c.within(list)
	if err != nil || place == "" {
		return err
	}
	text, err := base64.RawURLEncoding.DecodeString(string(place))
	parts := strings.Split(string(text), "|")
	if err != nil || len(parts) != 3 || !utf8.Valid(text) {
		return badCursor()
	}
	day, err := clock.ParseDate(parts[0])
	seq, wrong := strconv.Atoi(parts[2])
	id := onlyUUIDs(parts[1:2])
	if err != nil || wrong != nil || seq < 1 || seq > 1<<30 || len(id) != 1 {
		return badCursor()
	}
	n := int32(seq)
	asked.AfterOn, asked.AfterCase, asked.AfterSeq = day, &id[0], &n
	return nil
}

// Letter is a letter of a case as the actor may read it, with the case and its file.
func (s *Store) Letter(ctx context.Context, actor process.Actor, caseID string, seq int) (Case, letter.Letter, []byte, error) {
	v, err := s.Case(ctx, actor, caseID)
	if err != nil {
		return v, letter.Letter{}, nil, err
	}
	lettered, ok := v.Subject.(process.Lettered)
	if !ok {
		return v, letter.Letter{}, nil, notFound()
	}
	for _, l := range *lettered.Letters() {
		if l.Seq != seq {
			continue
		}
		file, err := s.queries.LetterFile(ctx, l.SHA256)
		if err == nil && Fingerprint(file) != l.SHA256 {
			err = errors.New("its file is not what was written")
		}
		if err != nil {
			return v, l, nil, fmt.Errorf("read the file of the letter %s: %w", l.Number, err)
		}
		return v, l, file, nil
	}
	return v, letter.Letter{}, nil, notFound()
}

// Vouched is what is told to whoever holds a letter, and nothing else.
type Vouched struct {
	Zone, Title, Number string
	To                  string // the short form of the addressee
	On                  clock.Date
	Void                *clock.Date // since when it does not count
	SHA256              string
}

// Vouch says what was issued under a code, or that nothing was. A code that cannot be one is looked for like any other, so that neither the answer nor its time tells
// what was wrong with it.
func (s *Store) Vouch(ctx context.Context, code string) (Vouched, error) {
	if !regexp.MustCompile(`^[A-Z2-7]{26}$`).MatchString(code) {
		code = "none"
	}
	hash := sha256.Sum256([]byte(code))
	r, err := s.queries.LetterByCode(ctx, hash[:])
	if errors.Is(err, pgx.ErrNoRows) {
		return Vouched{}, notFound()
	}
	if err != nil {
		return Vouched{}, fmt.Errorf("look for a letter by its code: %w", err)
	}
	v := Vouched{Zone: r.Zone, Title: r.Title, Number: r.Number, To: r.ShortName, On: r.IssuedOn, SHA256: r.Sha256}
	if v.To == "" {
		v.To = r.ToName
	}
	var void *letter.Voided
	if err := readInto(r.Void, &void); err != nil {
		return v, fmt.Errorf("read the letter %s: %w", r.Number, err)
	}
	if void != nil {
		v.Void = &void.On
	}
	return v, nil
}
