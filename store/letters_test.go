package store_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	official "github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/tracking"
	paper "github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/store"
)

// letterOf issues a letter about a hazard.
func (b *bundle) letterOf(t *testing.T, id, sort string, said map[string]string) official.Letter {
	t.Helper()
	b.do(t, b.As(process.SafetySupervisor), id, "hazard.issue_letter", lettering.Issue{Letter: sort, Said: said})
	all := b.lettersOf(t, id)
	return all[len(all)-1]
}

func (b *bundle) lettersOf(t *testing.T, id string) []official.Letter {
	t.Helper()
	h, err := b.Store.Hazard(t.Context(), b.As(process.Administrator), id)
	require.NoError(t, err)
	return h.Issued
}

// TestAThousandNumbersOverNewYear: sixteen writers issue a thousand letters, whose days lie on both sides of New Year; one in ten is refused half-way. Each year's
// numbers run from 1 without a gap and none comes twice, and each has its paper.
func TestAThousandNumbersOverNewYear(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const many, writers = 1000, 16
	eve := clock.NewDate(2026, time.December, 31).Start().Add(15 * time.Hour)
	b.now = eve.AddDate(0, 0, -1)
	cases := make([]string, writers)
	for i := range cases {
		cases[i] = b.recordHazard(t)
	}
	said := map[string]string{"检查情况": "消防通道堵塞。"}
	var mu sync.Mutex
	refused := 0
	g, ctx := errgroup.WithContext(t.Context())
	for w := range writers {
		g.Go(func() error {
			for n := w; n < many; n += writers {
				at := eve
				if n%2 == 1 {
					at = eve.AddDate(0, 0, 1)
				}
				order := b.order(t, b.As(process.SafetySupervisor), cases[w], "hazard.issue_letter", lettering.Issue{Letter: "inspection_record", Said: said})
				order.Call.OccurredAt, order.Call.RecordedAt = at, eve.AddDate(0, 0, 2)
				if n%10 == 0 { // it is refused after its number was drawn: the number goes back
					wrong := order
					wrong.Call.Key = uuid.NewString()
					wrong.Input = []byte(`{"letter":"inspection_record","said":{"检查情况":""}}`)
					if _, err := b.Store.Apply(ctx, wrong); err == nil {
						return fmt.Errorf("a letter without its reason was issued")
					}
					mu.Lock()
					refused++
					mu.Unlock()
				}
				if _, err := b.Store.Apply(ctx, order); err != nil {
					return fmt.Errorf("letter %d: %w", n, err)
				}
			}
			return nil
		})
	}
	require.NoError(t, g.Wait())
	require.Positive(t, refused)
	for _, year := range []int{2026, 2027} {
		numbers := b.rows(t, fmt.Sprintf("SELECT number FROM letters WHERE number LIKE '%%〔%d〕%%'", year))
		want := []string{}
		for n := range many / 2 {
			want = append(want, fmt.Sprintf("测开安监检记〔%d〕%d号", year, n+1))
		}
		slices.Sort(numbers)
		slices.Sort(want)
		require.Equal(t, want, numbers)
	}
	require.Equal(t, []string{"1000"}, b.rows(t, "SELECT count(*)::text FROM letters AS l JOIN letter_files AS f ON f.sha256 = l.sha256"))
	require.Equal(t, []string{"1000"}, b.rows(t, "SELECT count(DISTINCT code)::text FROM letters"))
}

// TestANoticeTakesItsNumberFromTheDeed: the letter that a notice calls for bears the number that the notice drew; declared void and issued anew it bears the next one,
// which the round then says too, and the case is found by both.
func TestANoticeTakesItsNumberFromTheDeed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	h, err := b.Store.Hazard(t.Context(), b.As(process.Administrator), id)
	require.NoError(t, err)
	first := b.letterOf(t, id, "rectification_opinion", nil)
	require.Equal(t, h.Rounds[0].NoticeNumber, first.Number)
	require.True(t, first.Outside)
	require.Equal(t, "泗县莱卡织造有限公司", first.ToName)
	again := b.order(t, b.As(process.SafetySupervisor), id, "hazard.issue_letter", lettering.Issue{Letter: "rectification_opinion"})
	b.refused(t, process.WrongState, again)

	void := lettering.Void{Number: first.Number, Reason: "单位名称写错"}
	b.do(t, b.As(process.SafetySupervisor), id, "hazard.void_letter", void)
	b.refused(t, process.WrongState, b.order(t, b.As(process.SafetySupervisor), id, "hazard.void_letter", void))
	second := b.letterOf(t, id, "rectification_opinion", nil)
	require.NotEqual(t, first.Number, second.Number)
	h, err = b.Store.Hazard(t.Context(), b.As(process.Administrator), id)
	require.NoError(t, err)
	require.Equal(t, second.Number, h.Rounds[0].NoticeNumber)
	require.Equal(t, "单位名称写错", h.Issued[0].Void.Reason)
	for _, number := range []string{first.Number, second.Number} {
		require.Equal(t, h.Title, b.searched(t, b.As(process.SafetySupervisor), number)[0], number)
	}
	v, err := b.Store.Verify(t.Context(), b.As(process.Administrator), id)
	require.NoError(t, err)
	require.True(t, v.Intact(), v.Findings)
}

// TestALetterStaysAsItWasIssued: nobody changes a letter or its file, not the owner of the database either; only its service and its end are noted, each once.
func TestALetterStaysAsItWasIssued(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	one := b.letterOf(t, id, "rectification_opinion", nil)
	serve := lettering.Serve{Number: one.Number, How: official.InPerson, On: clock.DateOf(b.now), SignedBy: "贺连舟"}
	silent := serve
	silent.SignedBy = ""
	b.refused(t, process.InvalidInput, b.order(t, b.As(process.SafetySupervisor), id, "hazard.serve_letter", silent))
	early := serve
	early.On = serve.On.AddDays(-40)
	b.refused(t, process.ImpossibleDate, b.order(t, b.As(process.SafetySupervisor), id, "hazard.serve_letter", early))
	b.do(t, b.As(process.SafetySupervisor), id, "hazard.serve_letter", serve)
	b.refused(t, process.WrongState, b.order(t, b.As(process.SafetySupervisor), id, "hazard.serve_letter", serve))
	for _, change := range []string{"UPDATE letters SET number = 'x'", "UPDATE letters SET served = NULL", "DELETE FROM letters", "UPDATE letter_files SET content = ''", "DELETE FROM letter_files"} {
		require.Error(t, b.owned(t, change), change)
	}
	require.Equal(t, "贺连舟", b.lettersOf(t, id)[0].Served.SignedBy)
}

// owned carries out a statement as the owner of the database.
func (b *bundle) owned(t *testing.T, statement string) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), statement)
	return err
}

// TestALetterIsReadByWhomItConcerns: the enterprise reads what is addressed to it and nothing of the rest; another one reads nothing.
func TestALetterIsReadByWhomItConcerns(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	own := b.letterOf(t, id, "rectification_opinion", nil)
	b.do(t, b.As(process.SafetySupervisor), id, "hazard.send_copy", tracking.SendCopy{UnitID: b.Bureau, Tells: "属于贵单位监管职责。"})
	sent := b.tracks(t, id)[0].ID
	b.do(t, b.As(process.SafetySupervisor), sent, "track.issue_letter", lettering.Issue{Letter: "copy_notice"})
	inside := b.tracks(t, id)[0].Issued[0]
	require.False(t, inside.Outside)
	h, err := b.Store.Hazard(t.Context(), b.Contact, id)
	require.NoError(t, err)
	require.Len(t, h.Issued, 1)
	require.Equal(t, own.Number, h.Issued[0].Number)
	require.Empty(t, h.Issued[0].ByID)
	history, err := b.Store.History(t.Context(), b.Contact, id, 0, 100)
	require.NoError(t, err)
	text, err := json.Marshal(history)
	require.NoError(t, err)
	require.NotContains(t, string(text), inside.Number)
	require.Contains(t, string(text), own.Number)
}

// TestVerificationReadsLettersToo: the bytes of a letter that are not what was issued, or are gone, are found by whoever verifies its case.
func TestVerificationReadsLettersToo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	one := b.letterOf(t, id, "rectification_opinion", nil)
	require.Empty(t, b.verify(t, id).Faults())
	for _, harm := range []struct{ statement, sort string }{
		{"UPDATE letter_files SET content = content || 'x' WHERE sha256 = '" + one.SHA256 + "'", string(process.FileChanged)},
		{"DELETE FROM letter_files WHERE sha256 = '" + one.SHA256 + "'", string(process.FileMissing)},
	} {
		conn, err := pgx.Connect(t.Context(), b.owner)
		require.NoError(t, err)
		for _, each := range []string{"ALTER TABLE letter_files DROP CONSTRAINT IF EXISTS letter_files_check", "ALTER TABLE letter_files DISABLE TRIGGER ALL", harm.statement, "ALTER TABLE letter_files ENABLE TRIGGER ALL"} { // as somebody would who can do everything
			_, err = conn.Exec(t.Context(), each)
			require.NoError(t, err, each)
		}
		require.NoError(t, conn.Close(t.Context()))
		faults := b.verify(t, id).Faults()
		require.Len(t, faults, 1)
		require.Equal(t, []string{harm.sort, one.Number}, []string{string(faults[0].Sort), faults[0].Name})
	}
}

// TestATemplateThatIsReplacedLater: a letter that was issued stays byte for byte as it was, the next one is written from the new template, and a setting is refused that cannot be.
func TestATemplateThatIsReplacedLater(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.As(process.Administrator)
	sort, known := paper.Sort("rectification_opinion")
	require.True(t, known)
	set := func(by process.Actor, wish store.LetterWish) error {
		return b.Store.SetLetter(t.Context(), by, sort.ID, wish, b.now)
	}
	first := b.noticed(t)
	old := b.letterOf(t, first, sort.ID, nil)
	_, _, was, err := b.Store.Letter(t.Context(), admin, first, old.Seq)
	require.NoError(t, err)

	fresh, err := paper.Docx("office: {{签发单位}}\ntitle: 限期整改意见书（新式样）\nnumber: {{文号}}\nto: {{受文单位}}：\ntext: 请于{{整改期限}}前整改完毕。\nday: {{签发日期}}\nfoot: 扫码核对真伪。 | 一式{{份数}}：{{抄送}}。\n")
	require.NoError(t, err)
	refused := func(code process.Code, err error) {
		t.Helper()
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, code, refusal.Code)
	}
	format, other, stale := "{代字}整改〔{年}〕{序号}号", "{代字}复查〔{年}〕{序号}号", 7
	refused(process.NotAllowed, set(b.As(process.SafetySupervisor), store.LetterWish{File: fresh}))
	refused(process.InvalidInput, set(admin, store.LetterWish{File: []byte("no document")}))
	for _, bad := range []string{"没有序号", other} {
		refused(process.InvalidInput, set(admin, store.LetterWish{Format: &bad}))
	}
	refused(process.NothingChanged, set(admin, store.LetterWish{Format: &format}))
	refused(process.StaleVersion, set(admin, store.LetterWish{File: fresh, Version: &stale}))
	require.NoError(t, set(admin, store.LetterWish{File: fresh, Name: "新式样.docx"}))

	second := b.noticed(t)
	next := b.letterOf(t, second, sort.ID, nil)
	_, _, text, err := b.Store.Letter(t.Context(), admin, second, next.Seq)
	require.NoError(t, err)
	page, err := paper.Read(text)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(page.Blocks), "新式样")
	require.Positive(t, next.Template)
	kept := b.lettersOf(t, first)[0]
	_, _, now, err := b.Store.Letter(t.Context(), admin, first, old.Seq)
	require.NoError(t, err)
	require.Equal(t, was, now, "as it was issued")
	require.Equal(t, []any{old.SHA256, old.Number, 0}, []any{kept.SHA256, kept.Number, kept.Template})
	changes, err := b.Store.LetterChanges(t.Context(), sort.ID)
	require.NoError(t, err)
	require.Len(t, changes, 1, "what was refused left nothing")
}

// TestATemplateOfBeforeAnUpgrade: one that says what letters of the sort still know goes on, one that names what they know no more is refused and uses up no number.
func TestATemplateOfBeforeAnUpgrade(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.noticed(t)
	b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{UnitID: b.Bureau, Tells: "请依法处理", FeedbackOn: clock.DateOf(b.now).AddDays(20)})
	sent := b.tracks(t, id)[0].ID
	template := func(line string) {
		t.Helper()
		file, err := paper.Docx("office: {{签发单位}}\ntitle: 抄告单\nnumber: {{文号}}\ntext: " + line + "\nday: {{签发日期}}\nfoot: 扫码核对真伪。 | 一式{{份数}}：{{抄送}}。\n")
		require.NoError(t, err)
		hash, version := store.Fingerprint(file), len(b.rows(t, "SELECT version::text FROM letter_settings"))+1
		require.NoError(t, b.owned(t, fmt.Sprintf(`INSERT INTO letter_files (sha256, content) VALUES ('%s', decode('%x', 'hex'))`, hash, file)))
		require.NoError(t, b.owned(t, fmt.Sprintf(`INSERT INTO letter_settings (park_id, sort, version, format, in_use, template_sha256, template_name, template, by_name, at)
			SELECT id, 'copy_notice', %[2]d, '{代字}抄〔{年}〕{序号}号', true, '%[1]s', '抄告单.docx', %[2]d, '管理员', now() FROM parks`, hash, version)))
	}
	issue := lettering.Issue{Letter: "copy_notice", Said: map[string]string{"抄告事由": "请依法处理", "回复期限": "2026-12-17", "联系人": "孟庆岚"}}
	template("{{单位全称}}{{整改措施}}")
	refusal := b.refused(t, process.WrongState, b.order(t, supervisor, sent, "track.issue_letter", issue))
	require.Contains(t, refusal.Chinese, "{{整改措施}}")
	template("请督促{{单位全称}}：{{整改要求}}，于{{整改期限}}前办理。")
	refusal = b.refused(t, process.WrongState, b.order(t, supervisor, sent, "track.issue_letter", issue))
	require.Contains(t, refusal.Chinese, "{{整改要求}}", "a copy-notice demands nothing: it would have a hole")
	template("{{单位全称}}，请于{{整改期限}}前办理。")
	b.do(t, supervisor, sent, "track.issue_letter", issue)
	one := b.tracks(t, id)[0].Issued[0]
	require.Contains(t, one.Number, "1号", "what was refused used up no number")
	_, _, text, err := b.Store.Letter(t.Context(), supervisor, sent, one.Seq)
	require.NoError(t, err)
	page, err := paper.Read(text)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(page.Blocks), b.tracks(t, id)[0].Firm.Name+"，请于")
}

// TestNumbersThatAwaitTheirLetterAreNamed to the zone's own staff: without them a series would seem to have gaps; once the letter is issued, or void, it stands in the list itself.
func TestNumbersThatAwaitTheirLetterAreNamed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.noticed(t)
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	waits, more, err := b.Store.NumbersAwaiting(t.Context(), supervisor)
	require.NoError(t, err)
	require.Len(t, waits, 1)
	require.Equal(t, []string{h.Rounds[0].NoticeNumber, id}, []string{waits[0].Number, waits[0].CaseID})
	for _, outsider := range []process.Actor{b.Contact, b.As(process.Department)} {
		none, _, err := b.Store.NumbersAwaiting(t.Context(), outsider)
		require.NoError(t, err)
		require.Empty(t, none)
	}
	require.False(t, more)
	b.letterOf(t, id, "rectification_opinion", nil)
	waits, _, err = b.Store.NumbersAwaiting(t.Context(), supervisor)
	require.NoError(t, err)
	require.Empty(t, waits)

	own := b.recordHazard(t)
	b.do(t, supervisor, own, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}, DocumentNumber: " 本单位〔2024〕7号 "})
	waits, _, err = b.Store.NumbersAwaiting(t.Context(), supervisor)
	require.NoError(t, err)
	require.Empty(t, waits, "no series drew what the office wrote itself: it leaves no gap")
	require.NoError(t, b.owned(t, `INSERT INTO rounds (case_id, round, notice_number, requirement, issued_on, due_on)
		SELECT '`+own+`', 1 + n, '泗开安监整改〔2024〕' || (100 + n) || '号', '清理', '2024-11-18', '2024-11-25' FROM generate_series(1, 51) AS n`))
	waits, more, err = b.Store.NumbersAwaiting(t.Context(), supervisor)
	require.NoError(t, err)
	require.Len(t, waits, store.AwaitingShown)
	require.True(t, more, "what is cut is said")
}
