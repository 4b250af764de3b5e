package store_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/store"
)

// sql changes what no command does.
func (b *bundle) sql(t *testing.T, statement string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), statement, args...)
	require.NoError(t, err)
}

// TestWhoIsTakenOffSeesNoMore: neither what came before nor what comes after, in any list, page or paper of the case; the message that says so stays, without a way to it.
// Added again, it sees the whole of it again.
func TestWhoIsTakenOffSeesNoMore(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := b.shared(t)
	off := hazard.Kind.Does(addressing.UnaddressVerb)
	b.do(t, supervisor, id, off, addressing.Unaddress{AlsoID: b.Rival, Reason: "已经退租"})
	b.do(t, supervisor, id, hazard.Kind.Does(casework.CommentVerb), casework.Comment{Text: "只说给莱卡织造", Audience: process.Shared})
	b.do(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "莱卡自己的整改", Attachments: b.evidence(t, b.Contact)})
	_, err := b.Store.Hazard(t.Context(), b.RivalOne, id)
	require.Equal(t, process.NotFound, process.RefusalOf(err).Code)
	_, err = b.Store.History(t.Context(), b.RivalOne, id, 0, 50)
	require.Equal(t, process.NotFound, process.RefusalOf(err).Code)
	_, err = b.Store.Attachment(t.Context(), b.RivalOne, id, 1, 1)
	require.Equal(t, process.NotFound, process.RefusalOf(err).Code)
	rows, _, err := b.Store.Hazards(t.Context(), b.RivalOne, store.Conditions{}, "", 50, b.now)
	require.NoError(t, err)
	require.Empty(t, rows)
	notices, _, err := b.Store.Notices(t.Context(), b.RivalOne.ID, 0, 50)
	require.NoError(t, err)
	require.Len(t, notices, 2)
	require.Equal(t, process.NoticeReleased, notices[0].Kind)
	require.Empty(t, notices[0].CaseID)
	require.NotEmpty(t, notices[0].Number)
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.AddressVerb), addressing.Address{AlsoIDs: []string{b.Rival}, Reason: "没有退租"})
	h, err := b.Store.Hazard(t.Context(), b.RivalOne, id)
	require.NoError(t, err)
	require.Equal(t, "莱卡自己的整改", h.Rounds[0].Measures)
	require.True(t, b.verify(t, id).Intact())
}

// TestWhatOneOfTwoSendsStaysItsOwn: what it sent to the zone beside what it hands in is never read by the other, whatever it shows, also once it was taken off or its people
// have gone elsewhere; nor are its people's names.
func TestWhatOneOfTwoSendsStaysItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := b.shared(t)
	for _, phase := range []process.Phase{process.AnyPhase, process.After} {
		files := b.evidence(t, b.RivalOne)
		files[0].Phase = phase
		b.do(t, b.RivalOne, id, hazard.Kind.Does(casework.AttachVerb), casework.Attach{Attachments: files, Note: "只给园区看的合同"})
	}
	reads := func(when string) {
		t.Helper()
		h, err := b.Store.Hazard(t.Context(), b.Contact, id)
		require.NoError(t, err)
		require.Empty(t, h.Attachments, when)
		for number := range 2 {
			_, err = b.Store.Attachment(t.Context(), b.Contact, id, number+1, 1)
			require.Equal(t, process.NotFound, process.RefusalOf(err).Code, when)
		}
		events, err := b.Store.History(t.Context(), b.Contact, id, 0, 50)
		require.NoError(t, err)
		text, err := json.Marshal(events)
		require.NoError(t, err)
		require.NotContains(t, string(text), b.RivalOne.Name, when)
		require.NotContains(t, string(text), b.RivalOne.ID, when)
	}
	reads("while both are addressed")
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.UnaddressVerb), addressing.Unaddress{AlsoID: b.Rival, Reason: "已经退租"})
	reads("once the other was taken off")
	third := b.firm(t, store.Enterprise{Name: "泗县盈川家居有限公司", ShortName: "盈川家居", Sector: "other"})
	b.sql(t, "UPDATE users SET enterprise_id = $1 WHERE id = $2", third, b.RivalOne.ID)
	reads("once its person works for a third one")
}

// TestWhatWaitsForOneWaitsForAll: whichever of them has it in hand, both have it among what they have to do and both are rung; and it comes back to the first from whoever
// of the one that is taken off had it.
func TestWhatWaitsForOneWaitsForAll(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	for i, to := range []process.Party{{Kind: process.HeldByEnterprise, ID: b.Rival}, {Kind: process.HeldByPerson, ID: b.RivalOne.ID}} {
		id := b.shared(t)
		b.do(t, supervisor, id, hazard.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: to.Kind, ToID: to.ID, Reason: "请承租方整改"})
		if to.Kind == process.HeldByEnterprise {
			for _, firm := range []process.Actor{b.Contact, b.RivalOne} {
				work, _, err := b.Store.WorkTab(t.Context(), firm, "todo", "", 50)
				require.NoError(t, err)
				require.Len(t, work, i+1, firm.Name)
				counts, err := b.Store.InboxCounts(t.Context(), firm, b.now)
				require.NoError(t, err)
				require.EqualValues(t, 1, counts.Todo, firm.Name)
			}
			require.Equal(t, b.told(t, b.RivalOne, id), b.told(t, b.Contact, id))
		}
		b.do(t, supervisor, id, hazard.Kind.Does(addressing.UnaddressVerb), addressing.Unaddress{AlsoID: b.Rival, Reason: "已经退租"})
		h, err := b.Store.Hazard(t.Context(), supervisor, id)
		require.NoError(t, err)
		require.Equal(t, b.Enterprise, h.Holder.ID, "it is the first one's again")
	}
}

// TestALetterToSeveralSaysWhoseIsWhat: where the register knows nothing of one of them, the other's code and address are not taken for its own.
func TestALetterToSeveralSaysWhoseIsWhat(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.sql(t, "UPDATE enterprises SET address = CASE WHEN id = $1 THEN '' ELSE '泗县经济开发区朝阳路 9 号' END, credit_code = CASE WHEN id = $1 THEN '' ELSE '91341324MA2TDRPJ05' END WHERE id IN ($1, $2)", b.Enterprise, b.Rival)
	id := b.shared(t)
	letter := b.letterOf(t, id, "inspection_record", map[string]string{"检查情况": "电缆裸露。"})
	require.Equal(t, "泗县莱卡织造有限公司、泗县鸿瑞印务有限公司", letter.ToName)
	_, _, file, err := b.Store.Letter(t.Context(), b.As(process.SafetySupervisor), id, letter.Seq)
	require.NoError(t, err)
	paper, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	document, err := paper.Open("word/document.xml")
	require.NoError(t, err)
	text, err := io.ReadAll(document)
	require.NoError(t, err)
	require.Contains(t, regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(text), ""), "泗县莱卡织造有限公司：（未登记）；泗县鸿瑞印务有限公司：泗县经济开发区朝阳路 9 号")
}

// TestTheLedgerLeavesOutWhatWasTakenBack: a copy-notice that was withdrawn was sent to nobody; of two, the one answer stands where its department does.
func TestTheLedgerLeavesOutWhatWasTakenBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor := b.As(process.SafetySupervisor)
	id := uuid.NewString()
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堵塞", Level: hazard.General})
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(3), InspectorIDs: []string{b.Second.ID}})
	kind, _ := kinds.Of(hazard.Kind)
	says := func(column string) string {
		t.Helper()
		rows, _, err := b.Store.List(t.Context(), supervisor, hazard.Kind, store.Conditions{}, "", "", 10, b.now)
		require.NoError(t, err)
		ledger := store.Ledger{}
		require.NoError(t, ledger.Add(t.Context(), b.Store, supervisor, kind, rows))
		return ledger[id][column]
	}
	sent := func() []store.ListRow {
		t.Helper()
		b.carry(t)
		rows, _, err := b.Store.List(t.Context(), supervisor, track.Kind, store.Conditions{}, "", "", 10, b.now)
		require.NoError(t, err)
		return rows
	}
	b.do(t, supervisor, id, hazard.Kind.Does(tracking.SendCopyVerb), tracking.SendCopy{Body: "县消防救援大队", Tells: "请处理"})
	rows := sent()
	require.Equal(t, "县消防救援大队", says("referred_to"))
	b.do(t, supervisor, rows[0].ID, track.WithdrawName, track.Withdraw{Reason: "发错了"})
	require.Empty(t, says("referred_to"))
	require.Empty(t, says("referral_answers"))
}
