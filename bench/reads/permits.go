package reads

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/permit"
)

// permits gives every project so many permits of the catalogue: four fifths are there, the others lie with a department. They have rows and no history:
// what is measured is reading them.
func (w *writer) permits(ctx context.Context) error {
	if w.size.Permits == 0 {
		return nil
	}
	shipped, err := definitions.Shipped(permit.Entry())
	if err != nil {
		return err
	}
	catalogue, _ := shipped[0].(permit.Definition) // of this kind
	items := catalogue.StageOrder()
	items = items[:min(w.size.Permits, len(items))]
	for _, statement := range []string{
		`INSERT INTO cases (id, park_id, kind, number, title, definition_version, version, state, stage, round, done, enterprise_id, enterprise_name, holder_kind, holder_id, holder_name, holder_since,
			due_on, due_at, next_wake, wake, opened_at, closed_at, updated_at, head_hash, parent_id)
		SELECT md5(p.id::text || x.item)::uuid, p.park_id, 'permit', 'SX-2025-' || lpad((row_number() OVER (ORDER BY p.id, x.n))::text, 7, '0'), x.item || '（' || p.title || '）', 1, 3,
			CASE WHEN d.done THEN 'issued' ELSE 'applied' END, x.item, 1, d.done, p.enterprise_id, p.enterprise_name,
			CASE WHEN NOT d.done THEN 'person' END, CASE WHEN NOT d.done THEN j.manager_id END, CASE WHEN NOT d.done THEN j.manager_name ELSE '' END, CASE WHEN NOT d.done THEN p.opened_at END,
			CASE WHEN NOT d.done THEN (p.opened_at + interval '60 days')::date END, CASE WHEN NOT d.done THEN p.opened_at + interval '60 days' END, CASE WHEN NOT d.done THEN now() + interval '1 year' END, '',
			p.opened_at, CASE WHEN d.done THEN p.opened_at END, p.updated_at, p.head_hash, p.id
		FROM cases AS p JOIN projects AS j ON j.case_id = p.id CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS x (item, n) CROSS JOIN LATERAL (SELECT p.done OR x.n % 5 > 0 AS done) AS d WHERE p.kind = 'project'`,
		`INSERT INTO case_facts (case_id, facts) SELECT c.id, jsonb_build_object('part', '', 'sort', '', 'manager_id', j.manager_id, 'manager_name', j.manager_name, 'applied_on', c.opened_at::date,
			'issued_on', CASE WHEN c.done THEN (c.opened_at + interval '9 days')::date END, 'certificate', CASE WHEN c.done THEN '1' ELSE '' END, 'urges', '[]'::jsonb, 'agency', NULL)
		FROM cases AS c JOIN projects AS j ON j.case_id = c.parent_id WHERE c.kind = 'permit' AND $1::text[] IS NOT NULL`,
		`INSERT INTO sight (party_id, case_id, since) SELECT c.enterprise_id, c.id, c.opened_at FROM cases AS c WHERE c.kind = 'permit' AND $1::text[] IS NOT NULL ON CONFLICT DO NOTHING`,
	} {
		if _, err := w.conn.Exec(ctx, statement, items); err != nil {
			return fmt.Errorf("write permits: %w", err)
		}
	}
	return nil
}
