package reads

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
)

// Generate writes a zone of the size into an empty migrated database: a few lives are lived through the door, and every case is one of them, told of
// other people, days and names, with a hash chain of its own that verifies. owner is the address for a superuser, whose triggers rest meanwhile.
func Generate(ctx context.Context, owner string, s *store.Store, size Size, now time.Time) (*Zone, error) {
	conn, err := pgx.Connect(ctx, owner)
	if err != nil {
		return nil, fmt.Errorf("connect as the owner: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	z := plan(size, now)
	if _, err := s.Park(ctx); err == nil { // it was generated before
		_, err := conn.Exec(ctx, "UPDATE sessions SET seen_at = now()")
		return z, errors.Join(err, seed.Publish(ctx, s)) // as at every start of the program: an older one had fewer kinds
	}
	if _, err := conn.Exec(ctx, "SET session_replication_role = replica"); err != nil {
		return nil, fmt.Errorf("let the triggers rest: %w", err)
	}
	if err := z.settle(ctx, s, conn); err != nil {
		return nil, err
	}
	models, err := live(ctx, s, z, size, "biggest")
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "SET TimeZone = 'UTC'"); err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "UPDATE notices SET planned_at = created_at, read_at = CASE WHEN version > 2 THEN created_at END"); err != nil {
		return nil, fmt.Errorf("read the models' notices: %w", err)
	}
	for _, m := range models {
		if err := m.take(ctx, conn, s); err != nil {
			return nil, err
		}
	}
	w := writer{conn: conn, zone: z, size: size, models: models}
	return z, w.write(ctx)
}

// tables are what a case consists of. Events come first: the head of their chain is part of the case.
func tables() []string {
	return []string{"events", "cases", "projects", "hazards", "passages", "gate_answers", "clocks", "rounds", "buildings", "notices", "sight"}
}

func caseColumn(table string) string {
	if table == "cases" {
		return "id"
	}
	return "case_id"
}

// columns lists what can be copied into a table.
func columns(ctx context.Context, conn *pgx.Conn, table string) (string, error) {
	var list string
	err := conn.QueryRow(ctx, `SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND is_identity = 'NO'`, table).Scan(&list)
	return list, err
}

// take reads a model's rows as COPY writes them, and what its events' hashes are taken over.
func (m *model) take(ctx context.Context, conn *pgx.Conn, s *store.Store) error {
	m.tables = map[string]string{}
	for _, table := range tables() {
		list, err := columns(ctx, conn, table)
		if err != nil {
			return err
		}
		var text strings.Builder
		order := ""
		if table == "events" {
			order = " ORDER BY version"
		}
		if _, err := conn.PgConn().CopyTo(ctx, &text, fmt.Sprintf("COPY (SELECT %s FROM %s WHERE %s = '%s'%s) TO STDOUT", list, table, caseColumn(table), m.id, order)); err != nil {
			return fmt.Errorf("take %s of a model: %w", table, err)
		}
		m.tables[table] = text.String()
		for _, found := range day.FindAllString(text.String(), -1) {
			if at, err := time.Parse(time.DateOnly, found); err == nil && !slices.Contains(m.days, at) {
				m.days = append(m.days, at)
			}
		}
	}
	m.number = number.FindString(m.tables["cases"])
	links, err := s.Links(ctx, m.id)
	for _, link := range links {
		digest := sha256.Sum256(link)
		m.links, m.hashes = append(m.links, string(link)), append(m.hashes, hex.EncodeToString(digest[:]))
	}
	return err
}

var (
	day    = regexp.MustCompile(`\b20\d\d-\d\d-\d\d`)
	number = regexp.MustCompile(`(XM|YH)-\d{4}-\d{4}`)
)

// writer writes the cases of a zone.
type writer struct {
	conn   *pgx.Conn
	zone   *Zone
	size   Size
	models []*model
}

// told is one case of the zone: a model, and what is said instead of its words.
type told struct {
	model *model
	pairs []string
}

// tell says what case i is; always the same.
func (w *writer) tell(i int) told {
	dice := rand.New(rand.NewPCG(uint64(i), 14)) //nolint:gosec // a spread, not a secret
	z := w.zone
	held := []*model{}
	for _, m := range w.models {
		if m.held {
			held = append(held, m)
		}
	}
	m, owner := w.models[dice.IntN(len(w.models))], "biggest"
	switch rest := w.size.Cases - w.size.Biggest - w.size.Big; {
	case i < w.size.Biggest:
		m = held[dice.IntN(len(held))]
	case i < w.size.Biggest+w.size.Big:
		m, owner = held[dice.IntN(len(held))], "big"
	case i < w.size.Cases-rest/10: // a tenth of the rest is the two's, in other hands
		owner = []string{"manager", "supervisor"}[dice.IntN(2)]
		if n := dice.IntN(staffed); n > 0 {
			owner += fmt.Sprint(n)
		}
	}
	weeks := 0 // what is open stands as the clock left it; the others lie further back
	if !m.open {
		weeks = -dice.IntN(80)
	}
	firm, bureau := z.enterprises[int(float64(len(z.enterprises))*dice.Float64()*dice.Float64())], z.bureaus[min(dice.IntN(staffed*2), staffed-1)]
	var raw [16]byte
	for k := range raw {
		raw[k] = byte(dice.IntN(256))
	}
	id, _ := uuid.FromBytes(raw[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	first, officer, to := z.enterprises[0], z.bureaus[0], z.people[owner]
	pairs := []string{m.id, id.String(), first.id, firm.id, first.short, firm.short, z.people[first.contact].ID, z.people[firm.contact].ID,
		z.people[first.contact].Name, z.people[firm.contact].Name, officer.id, bureau.id, officer.name, bureau.name,
		z.people[officer.officer].ID, z.people[bureau.officer].ID, z.people[officer.officer].Name, z.people[bureau.officer].Name,
		m.owner.ID, to.ID, m.owner.Name, to.Name,
		modelHazard, []string{"疏散通道堆放周转箱", "配电箱未上锁", "气瓶未固定", "粉尘清扫不及时", "消防栓被遮挡"}[dice.IntN(5)] + fmt.Sprint(dice.IntN(900)),
		modelProject, []string{"年产五千吨织造项目", "光伏组件扩建", "绿色食品加工", "标准化厂房", "机械零件技改"}[dice.IntN(5)] + fmt.Sprint(dice.IntN(900))}
	for _, at := range m.days {
		pairs = append(pairs, at.Format(time.DateOnly), at.AddDate(0, 0, 7*weeks).Format(time.DateOnly))
	}
	return told{m, append(pairs, m.number, m.number[:3]+"2025-"+fmt.Sprintf("%06d", i))}
}

// write copies every table, then lets the lists be written as at a migration.
func (w *writer) write(ctx context.Context) error {
	resting, err := rest(ctx, w.conn)
	if err != nil {
		return err
	}
	for from := 0; from < w.size.Cases; from += atOnce {
		if err := w.batch(ctx, from, min(from+atOnce, w.size.Cases)); err != nil {
			return err
		}
	}
	if err := w.permits(ctx); err != nil {
		return err
	}
	if err := wake(ctx, w.conn, resting, func(table string) bool { return !listed(table) }); err != nil {
		return err
	}
	for _, statement := range []string{
		"ANALYZE", "INSERT INTO watches (user_id, case_id, since) SELECT u.id, c.id, now() FROM users AS u CROSS JOIN LATERAL (SELECT id FROM cases ORDER BY md5(id::text || u.id::text) LIMIT 30) AS c WHERE u.unit_id IS NOT NULL ON CONFLICT DO NOTHING",
		"INSERT INTO seen (user_id, case_id, version) SELECT user_id, case_id, 3 FROM notices WHERE id % 3 = 0 ON CONFLICT DO NOTHING",
		"INSERT INTO official_numbers (case_id, number) SELECT DISTINCT case_id, notice_number FROM rounds WHERE notice_number <> '' ON CONFLICT DO NOTHING",
		"SET session_replication_role = origin", "SELECT rebuild_lists()",
	} {
		if _, err := w.conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	if err := wake(ctx, w.conn, resting, listed); err != nil {
		return err
	}
	if _, err := w.conn.Exec(ctx, "VACUUM (ANALYZE)"); err != nil {
		return fmt.Errorf("vacuum what was written: %w", err)
	}
	return nil
}

// atOnce is how many cases are copied together.
const atOnce = 2000

// batch copies the cases with these numbers, table by table.
func (w *writer) batch(ctx context.Context, from, to int) error {
	texts := map[string]*bytes.Buffer{}
	for _, table := range tables() {
		texts[table] = &bytes.Buffer{}
	}
	for i := from; i < to; i++ {
		t := w.tell(i)
		plain := strings.NewReplacer(t.pairs...)
		events, head := t.events(plain)
		texts["events"].WriteString(events)
		for _, table := range tables()[1:] {
			text := plain.Replace(t.model.tables[table])
			if table == "cases" {
				text = strings.Replace(text, t.model.hashes[len(t.model.hashes)-1], head, 1)
			}
			texts[table].WriteString(text)
		}
	}
	for _, table := range tables() {
		list, err := columns(ctx, w.conn, table)
		if err == nil {
			_, err = w.conn.PgConn().CopyFrom(ctx, texts[table], fmt.Sprintf("COPY %s (%s) FROM STDIN", table, list))
		}
		if err != nil {
			return fmt.Errorf("copy %s: %w", table, err)
		}
	}
	return nil
}

// events tells the model's events of this case, each chained to the one before, and returns the end of the chain.
func (t told) events(plain *strings.Replacer) (text, head string) {
	var chain []string
	for i, link := range t.model.links {
		said := plain.Replace(link)
		if i > 0 {
			said = strings.Replace(said, t.model.hashes[i-1], head, 1)
		}
		digest := sha256.Sum256([]byte(said))
		head = hex.EncodeToString(digest[:])
		chain = append(chain, t.model.hashes[i], head)
	}
	return strings.NewReplacer(chain...).Replace(plain.Replace(t.model.tables["events"])), head
}
