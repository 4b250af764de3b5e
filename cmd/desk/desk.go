// Package desk holds the commands that both programs have: setting a zone up, a lost password, and the registers.
package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Opener opens the database that the program was told of; the caller calls done.
type Opener func(ctx context.Context) (db *store.Store, done func(), err error)

// operator is who does what is done by a command: somebody at the machine, who has proved more than any password does.
func operator() process.Actor { return process.Actor{Type: process.Import, Name: "命令行"} }

func door(db *store.Store) (*auth.Auth, error) {
	return auth.New(auth.Auth{Queries: db.Accounts(), Now: time.Now, Log: slog.New(slog.DiscardHandler), ParkID: func(ctx context.Context) (string, error) {
		park, err := db.Park(ctx)
		return park.ID, err
	}})
}

// Setup are the flags of a zone that is to be set up.
type Setup struct {
	Zone     string `required:"" help:"Name of the zone."`
	Short    string `required:"" help:"Its short name."`
	Letters  string `required:"" help:"What the numbers of official letters begin with, e.g. 泗开安监."`
	Calendar string `default:"shipped" enum:"shipped,weekends" help:"Working calendar to begin with: shipped (the State Council's holidays) or weekends."`
	Username string `default:"admin" help:"Account of the first administrator."`
	Person   string `default:"管理员" help:"Name of the first administrator."`
}

// Wanted is the zone.
func (s Setup) Wanted() founding.Wanted {
	return founding.Wanted{Zone: register.Zone{Name: s.Zone, ShortName: s.Short, Letters: s.Letters}, TimeZone: clock.Zone().String(), Calendar: s.Calendar,
		Username: s.Username, Person: s.Person}
}

// Found sets the zone up and prints the first administrator's password, once. Where a run before was interrupted, or its password was lost before
// anybody signed in, it goes on from there. It refuses a zone in which people work.
func (s Setup) Found(ctx context.Context, db *store.Store) error {
	a, err := door(db)
	if err != nil {
		return err
	}
	password, err := founding.Found(ctx, db, a, s.Wanted(), time.Now())
	if errors.Is(err, founding.ErrFounded) {
		password, err = s.again(ctx, db, a)
	}
	if err != nil {
		return s.Refused(err)
	}
	fmt.Printf("the zone is set up; sign in as %s with %s and choose a password of your own\n", s.Username, password)
	return nil
}

// Refused is what a terminal shows of a refusal, each fault by the flag that it is about; other errors stay as they are.
func (Setup) Refused(err error) error {
	var refusal *process.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	flags := map[string]string{"name": "--zone", "short_name": "--short"}
	of := *refusal
	of.Fields = slices.Clone(refusal.Fields)
	for i, f := range of.Fields {
		if flag, other := flags[f.Name]; other {
			of.Fields[i].Name = flag
		} else {
			of.Fields[i].Name = "--" + f.Name
		}
	}
	return told(&of)
}

// again gives the administrator a new password, as long as nobody has signed in.
func (s Setup) again(ctx context.Context, db *store.Store, a *auth.Auth) (string, error) {
	park, err := db.Park(ctx)
	if err != nil {
		return "", err
	}
	if park.Demo || park.Name != strings.TrimSpace(s.Zone) {
		return "", fmt.Errorf("the zone %s is set up already; a database holds one zone", park.Name)
	}
	users, err := db.Accounts().Users(ctx, park.ID)
	if err != nil {
		return "", fmt.Errorf("read the accounts: %w", err)
	}
	if len(users) == 1 && users[0].Username == s.Username {
		first, err := db.Accounts().UserByID(ctx, users[0].ID)
		if err != nil {
			return "", fmt.Errorf("read the first account: %w", err)
		}
		if first.MustChange {
			return a.ResetPassword(ctx, operator(), first.ID)
		}
	}
	return "", fmt.Errorf("the zone %s is set up already, and its administrator has signed in; for a lost password there is admin-password", park.Name)
}

// AdminPassword gives an administrator whose password is lost a new first one.
type AdminPassword struct {
	Username string `default:"admin" help:"Account of the administrator."`
}

// Run prints the new password, once.
func (c *AdminPassword) Run(ctx context.Context, open Opener) error {
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		a, err := door(db)
		if err != nil {
			return err
		}
		park, err := db.Park(ctx)
		if err != nil {
			return err
		}
		user, err := db.Accounts().UserByName(ctx, park.ID, strings.ToLower(c.Username))
		if err != nil || !strings.Contains(strings.Join(user.Roles, " "), string(process.Administrator)) {
			return fmt.Errorf("%s is no administrator's account; the administrators are: %s", c.Username, strings.Join(administrators(ctx, db, park.ID), ", "))
		}
		if user.DisabledAt != nil {
			if err := a.Disable(ctx, operator(), user.ID, false); err != nil {
				return err
			}
		}
		password, err := a.ResetPassword(ctx, operator(), user.ID)
		if err != nil {
			return err
		}
		fmt.Printf("%s signs in with %s and chooses a password of their own; their sessions and tokens have ended\n", user.Username, password)
		return nil
	})
}

func administrators(ctx context.Context, db *store.Store, park string) []string {
	users, err := db.Accounts().Users(ctx, park)
	if err != nil {
		return nil
	}
	names := []string{}
	for _, u := range users {
		if strings.Contains(strings.Join(u.Roles, " "), string(process.Administrator)) {
			names = append(names, u.Username)
		}
	}
	return names
}

// with opens the database for one command, in Chinese.
func with(ctx context.Context, open Opener, do func(context.Context, *store.Store) error) error {
	words, err := i18n.Load()
	if err != nil {
		return err
	}
	db, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	return do(i18n.With(ctx, words.Speak("zh")), db)
}

// told is a refusal as a terminal shows it: every field with its fault.
func told(refusal *process.Refusal) error {
	lines := []string{refusal.Chinese + " / " + refusal.English}
	for _, f := range refusal.Fields {
		lines = append(lines, "  "+f.Name+": "+f.Chinese+" / "+f.English)
	}
	return errors.New(strings.Join(lines, "\n"))
}

// Registers are the commands on the zone's registers.
type Registers struct {
	List    listCommand    `cmd:"" help:"List the records of a register."`
	Set     setCommand     `cmd:"" help:"Add a record, or change fields of one."`
	Import  importCommand  `cmd:"" help:"Take an Excel sheet into a register, whole or not at all."`
	Columns columnsCommand `cmd:"" help:"Say which fields a register has."`
}

type named struct {
	Register string `arg:"" help:"zone, units, people, enterprises or another; a wrong name is answered with all there are."`
}

// Validate refuses a register that there is not, and says which there are.
func (n named) Validate() error {
	if _, known := register.Of(register.Name(n.Register)); known {
		return nil
	}
	names := []string{}
	for _, r := range register.All() {
		names = append(names, string(r.Name))
	}
	return fmt.Errorf("there is no register %q; there are %s", n.Register, strings.Join(names, ", "))
}

func (n named) register() register.Register {
	r, _ := register.Of(register.Name(n.Register))
	return r
}

// clerk writes registers by the zone's own time: a demo's is another one than the machine's.
func clerk(ctx context.Context, db *store.Store) (*registers.Desk, error) {
	now := &turn.Follower{Store: db, Log: slog.New(slog.DiscardHandler)}
	if err := now.Start(ctx); err != nil {
		return nil, err
	}
	words, err := i18n.Load()
	return &registers.Desk{Store: db, Words: words, Now: now.Now, Lend: auth.Lend}, err
}

type listCommand struct {
	named
	JSON bool `help:"Print each record as a line of JSON."`
}

// Run lists the records.
func (c *listCommand) Run(ctx context.Context, open Opener) error {
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		d, err := clerk(ctx, db)
		if err != nil {
			return err
		}
		r := c.register()
		records, err := db.Records(ctx, r.Name)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		titles := d.Titles(ctx)
		for _, record := range records {
			if c.JSON {
				line, err := json.Marshal(map[string]any{"id": record.ID, "ended": record.Ended, "record": record.Doc})
				if err != nil {
					return err
				}
				fmt.Println(string(line))
				continue
			}
			cells := []string{record.ID}
			for _, q := range r.Questions() {
				cells = append(cells, registers.Shown(ctx, q, registers.Value(record.Doc, q.Path), titles))
			}
			if _, err := fmt.Fprintln(out, strings.Join(cells, "\t")); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

type setCommand struct {
	named
	ID     string   `help:"Id of the record to change; a new one is added without it."`
	Fields []string `arg:"" sep:"none" help:"Fields, as name=value, each once; choices and references by name."`
}

// cells are the fields by name. It refuses what is no field, and one that is given two values: which of them is meant nobody knows.
func (c *setCommand) cells() (map[string]string, error) {
	r, cells := c.register(), map[string]string{}
	for _, given := range c.Fields {
		field, value, ok := strings.Cut(given, "=")
		if !ok {
			return nil, fmt.Errorf("%q: write a field as name=value, in quotation marks where it has spaces", given)
		}
		if _, ok := r.Question(field); !ok {
			return nil, fmt.Errorf("%s has no field %q; `register columns %s` lists them", r.Name, field, r.Name)
		}
		if before, twice := cells[field]; twice {
			return nil, fmt.Errorf("%s is given twice, as %q and as %q; give it once. Nothing was changed", field, before, value)
		}
		cells[field] = value
	}
	return cells, nil
}

// Run adds or changes a record.
func (c *setCommand) Run(ctx context.Context, open Opener) error {
	cells, err := c.cells()
	if err != nil { // before anything is opened
		return err
	}
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		d, err := clerk(ctx, db)
		if err != nil {
			return err
		}
		r := c.register()
		kept, err := d.Set(ctx, operator(), r, c.ID, cells)
		var refusal *process.Refusal
		if errors.As(err, &refusal) {
			return told(refusal)
		}
		if err != nil {
			return err
		}
		fmt.Println(kept.ID, kept.Title)
		if kept.Password != nil {
			fmt.Printf("first password of %s: %s\n", kept.Password.Username, kept.Password.Password)
		}
		return nil
	})
}

type importCommand struct {
	named
	File string `arg:"" type:"existingfile" help:"Excel workbook whose first row names the fields."`
	Try  bool   `help:"Only say what would come of each row."`
}

// Run takes the sheet.
func (c *importCommand) Run(ctx context.Context, open Opener) error {
	return with(ctx, open, func(ctx context.Context, db *store.Store) error {
		d, err := clerk(ctx, db)
		if err != nil {
			return err
		}
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer file.Close() //nolint:errcheck // it was only read
		report, err := c.take(ctx, d, file)
		var refusal *process.Refusal
		if errors.As(err, &refusal) {
			return told(refusal)
		}
		if err != nil {
			return err
		}
		return printed(report)
	})
}

func (c *importCommand) take(ctx context.Context, d *registers.Desk, file *os.File) (registers.Report, error) {
	sheet, err := d.Read(ctx, c.register(), file)
	if err != nil {
		return registers.Report{}, err
	}
	return d.Import(ctx, operator(), c.register(), sheet.Rows, c.Try)
}

func printed(report registers.Report) error {
	for _, line := range report.Lines {
		for _, f := range line.Faults {
			fmt.Printf("row %d %s: %s: %s / %s\n", line.Row, line.Title, f.Name, f.Chinese, f.English)
		}
	}
	for _, line := range report.Lines {
		if line.Note.Chinese != "" {
			fmt.Printf("row %d %s: %s / %s\n", line.Row, line.Title, line.Note.Chinese, line.Note.English)
		}
	}
	n := report.Counts
	fmt.Printf("%d added, %d changed, %d as they are, %d wrong\n", n[registers.Adds], n[registers.Changes], n[registers.Same], n[registers.Wrong])
	for _, p := range report.Passwords {
		fmt.Printf("first password of %s (%s): %s\n", p.Username, p.Name, p.Password)
	}
	if n[registers.Wrong] > 0 {
		return errors.New("nothing was written: correct these rows first")
	}
	return nil
}

type columnsCommand struct{ named }

// Run lists the fields.
func (c *columnsCommand) Run(ctx context.Context) error {
	words, err := i18n.Load()
	if err != nil {
		return err
	}
	ctx = i18n.With(ctx, words.Speak("zh"))
	for _, q := range c.register().Questions() {
		fmt.Printf("%-14s %s %s\n", q.Path, registers.Label(ctx, c.register().Name, q.Path), registers.Hint(ctx, c.register().Name, q.Path))
	}
	return nil
}
