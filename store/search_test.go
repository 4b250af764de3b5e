package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// searched are the titles that the actor finds, in order.
func (b *bundle) searched(t *testing.T, actor process.Actor, words string) []string {
	t.Helper()
	found, err := b.Store.Search(t.Context(), actor, words, 50)
	require.NoError(t, err, words)
	titles := []string{}
	for _, h := range found.Cases {
		titles = append(titles, h.Title)
	}
	return titles
}

// opened opens a project of that title and returns its id and number.
func (b *bundle) opened(t *testing.T, title, enterprise string) (id, number string) {
	t.Helper()
	id = uuid.NewString()
	p := b.project("lead")
	p.Title, p.EnterpriseID = title, enterprise
	b.do(t, b.As(process.ProjectManager), id, project.OpenName, p)
	return id, b.rows(t, "SELECT number FROM cases WHERE id = '"+id+"'")[0]
}

// TestSearchShowsTheBestMatchFirst: the number itself on top, then the title itself, a title that begins so, one that contains it, the enterprise's name;
// among equals the open one first.
func TestSearchShowsTheBestMatchFirst(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm, titles := b.As(process.ProjectManager), map[string]string{}
	open := func(title, enterprise string) string {
		id, _ := b.opened(t, title, enterprise)
		titles[id] = title
		return id
	}
	inEnterprise := open("二期", b.Rival)
	within := open("泗县鸿瑞印务扩建", b.Enterprise)
	begins := open("鸿瑞印务扩建", b.Enterprise)
	closed, itself := open("鸿瑞印务", b.Enterprise), open("鸿瑞印务", b.Enterprise)
	b.do(t, b.As(process.Leader), closed, project.TerminateName, project.Terminate{Cause: "other", Reason: "企业放弃"})
	hits, err := b.Store.Search(t.Context(), pm, "鸿瑞印务", 10)
	require.NoError(t, err)
	found := []string{}
	for _, h := range hits.Cases {
		found = append(found, h.ID)
	}
	require.Equal(t, []string{itself, closed, begins, within, inEnterprise}, found, "%v", titles)
	require.Len(t, hits.Enterprises, 1)
	require.Equal(t, "鸿瑞印务", hits.Enterprises[0].ShortName)

	number := hits.Cases[4].Number
	open(number+"的配套", b.Enterprise)
	hits, err = b.Store.Search(t.Context(), pm, strings.ToLower(number), 10)
	require.NoError(t, err)
	require.Equal(t, inEnterprise, hits.Cases[0].ID, "the number itself, however it is typed")
	require.Len(t, hits.Cases, 2, "and the title that speaks of it")
}

// TestAnExactNumberStandsAlone: among many numbers that are made of the same pairs of signs, a number finds itself.
func TestAnExactNumberStandsAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	numbers := []string{}
	for i := range 25 {
		_, number := b.opened(t, fmt.Sprintf("项目%02d", i), b.Enterprise)
		numbers = append(numbers, number)
	}
	for i, number := range numbers {
		require.Equal(t, []string{fmt.Sprintf("项目%02d", i)}, b.searched(t, b.As(process.ProjectManager), number), number)
	}
	listed, _, err := b.Store.Projects(t.Context(), b.As(process.ProjectManager), store.Conditions{Words: numbers[11]}, "", 50, b.now)
	require.NoError(t, err)
	require.Len(t, listed, 1, "in a list too")
}

// TestFoundHoweverItIsTyped: blanks, full-width signs, capitals, brackets, initials, letters' numbers, people, other names, one sign.
func TestFoundHoweverItIsTyped(t *testing.T) {
	t.Parallel()
	b := setup(t)
	firm := b.firm(t, store.Enterprise{Name: "江苏宏图（泗洪）机械有限公司", ShortName: "宏图机械", Aliases: []string{"老农机厂"}})
	_, number := b.opened(t, "重庆路 年产5万吨_A%纱线", b.Enterprise)
	b.opened(t, "二期厂房", firm)
	renamed, _ := b.opened(t, "旧名字", b.Rival)
	b.do(t, b.As(process.Leader), renamed, project.EditName, map[string]any{"title": "新名字", "facts": project.Given{}, "reason": "更正"})
	hazard := b.noticed(t)
	letter := b.rows(t, "SELECT notice_number FROM rounds WHERE case_id = '"+hazard+"'")[0]
	hazardTitle := b.rows(t, "SELECT title FROM cases WHERE id = '"+hazard+"'")[0]
	pm, yarn, works := b.As(process.ProjectManager), "重庆路 年产5万吨_A%纱线", "二期厂房"
	wide := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	}
	for words, want := range map[string]string{
		"重庆路年产": yarn, "重庆路　年产5万吨": yarn, " 年产 5万吨 ": yarn, "纱线 重庆": yarn, "５万吨": yarn, "5万吨_a%": yarn, "_": yarn, "%": yarn, "庆": yarn, "cqlnc": yarn, "zqlnc": yarn, "CQL": yarn,
		number + "  ": yarn, number[:3] + " " + number[3:]: yarn, strings.ToLower(wide(number)): yarn,
		"老农机厂": works, "宏图(泗洪)": works, "宏图（泗洪）机械有限公司": works, "lnjc": works, "htjx": works, "厂": works,
		"旧名字": "新名字", "xmz": "新名字",
		letter: hazardTitle, strings.NewReplacer("〔", "[", "〕", "]").Replace(letter): hazardTitle, strings.NewReplacer("〔", "（", "〕", "）").Replace(letter): hazardTitle, strings.TrimLeft(letter, "测开安监整改"): hazardTitle,
	} {
		titles := b.searched(t, pm, words)
		require.NotEmpty(t, titles, words)
		require.Equal(t, want, titles[0], "%s: %v", words, titles)
	}
	require.Equal(t, []string{yarn}, b.searched(t, pm, "_"), "a sign means itself")
	require.Equal(t, []string{yarn}, b.searched(t, pm, "%"))
	for _, words := range []string{"纱线 厂房", `\`, "' OR 1=1", "__", "%%", "不存在"} {
		require.Empty(t, b.searched(t, pm, words), words)
	}
	for _, words := range []string{"", "  ", "\u200b", "　"} {
		require.Empty(t, b.searched(t, pm, words), "nothing was typed")
	}
	b.listsFindTheSame(t, []process.Actor{pm, b.As(process.Leader), b.As(process.SafetySupervisor), b.As(process.Department), b.Contact, b.RivalOne}, []string{
		"重庆路年产", "纱线 重庆", "_", "庆", "cqlnc", number, strings.ToLower(wide(number)), "老农机厂", "宏图(泗洪)", "宏图（泗洪）机械有限公司", "lnjc", "旧名字", letter, "有限公司", "泗县", "x",
		b.As(process.ProjectManager).Name, b.As(process.SafetySupervisor).Name, b.Contact.Name, "不存在", "纱线 厂房", "2", "工厂 二期"})
	found, err := b.Store.Search(t.Context(), pm, "农机", 10)
	require.NoError(t, err)
	require.Equal(t, "宏图机械", found.Enterprises[0].ShortName)
	require.Equal(t, "老农机厂", found.Enterprises[0].Alias)

	// By the people: whoever manages it or has it in hand.
	manager := b.As(process.ProjectManager)
	require.Subset(t, b.searched(t, pm, manager.Name), []string{yarn, works, "新名字"})
	require.Empty(t, b.searched(t, b.Contact, manager.Name), "an enterprise reads no names, and finds by none")
	for _, bad := range []string{strings.Repeat("长", 101), "a\x00b", "\xff"} {
		_, err := b.Store.Search(t.Context(), pm, bad, 10)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
	}
}

// listsFindTheSame: the words of a list find, of its kind, what the search finds, for everybody; and its total counts it.
func (b *bundle) listsFindTheSame(t *testing.T, actors []process.Actor, words []string) {
	t.Helper()
	found := 0
	for _, actor := range actors {
		for _, typed := range words {
			hits, err := b.Store.Search(t.Context(), actor, typed, 200)
			require.NoError(t, err, typed)
			for _, kind := range kinds.All() {
				want := []string{}
				for _, h := range hits.Cases {
					if h.Kind == string(kind.Kind) {
						want = append(want, h.ID)
					}
				}
				asked := store.Conditions{Words: typed}
				require.ElementsMatch(t, want, ids(b.pages(t, actor, kind.Kind, asked, "", 3)), "%s: %q", actor.Name, typed)
				totals, err := b.Store.ListTotals(t.Context(), actor, kind.Kind, asked, b.now)
				require.NoError(t, err)
				require.Equal(t, len(want), totals.Count, "%s: %q", actor.Name, typed)
				found += len(want)
			}
		}
	}
	require.Greater(t, found, 50)
}

// TestGoAndSQLSeekTheSame: what is typed and what is kept get one form.
func TestGoAndSQLSeekTheSame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, words := range []string{"泗开安监整改〔2024〕12号", "（泗洪）", "(泗洪)", "【泗洪】", "Ａ１ b", "—–‐‑−-", "ﬁ㈱㎡", "é\u0301", "a\u00a0b\u3000c\u200bd\ufeff", "İ", "%_\\|"} {
		var kept string
		require.NoError(t, conn.QueryRow(t.Context(), "SELECT sought($1)", words).Scan(&kept))
		require.Equal(t, kept, store.Sought(words), "%q", words)
	}
}

// TestSearchingIsIndexed: no search reads the labels from beginning to end, also among thousands.
func TestSearchingIsIndexed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.opened(t, "莱卡织造二期", b.Enterprise)
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, sql := range []string{
		`INSERT INTO labels (case_id, park_id, number, title, enterprise_name) SELECT gen_random_uuid(), (SELECT id FROM parks), 'XM-' || 2000 + n % 25 || '-' || lpad(n::text, 5, '0'),
			chr(19968 + n) || '机械项目' || n, '企业' || n % 97 FROM generate_series(1, 20000) AS n`,
		`INSERT INTO cards SELECT l.case_id, l.park_id, 'project', 1, false, 'open', 'lead', NULL, 'infinity', false, false FROM labels AS l WHERE NOT EXISTS (SELECT FROM cards AS k WHERE k.case_id = l.case_id)`,
		"VACUUM ANALYZE labels", "ANALYZE cards",
	} {
		_, err := conn.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	rows, err := conn.Query(t.Context(), "EXPLAIN SELECT l.case_id FROM labels AS l WHERE l.codes @> codes('莱卡织造') AND l.said LIKE ALL (ARRAY['%莱卡织造%'])", pgx.QueryExecModeExec)
	require.NoError(t, err)
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Contains(t, strings.Join(plan, "\n"), "labels_found")
	require.Equal(t, []string{"莱卡织造二期"}, b.searched(t, b.As(process.ProjectManager), "莱卡织造"))
	for _, words := range []string{"莱卡织造", "机械", "x", "2003", "XM-2003-00", "jxxm", "机 项目"} {
		times := []time.Duration{}
		for range 20 {
			start := time.Now()
			_, err := b.Store.Search(t.Context(), b.As(process.ProjectManager), words, 50)
			require.NoError(t, err)
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		t.Logf("%q: p50 %s, p95 %s", words, times[10], times[18])
	}
}
