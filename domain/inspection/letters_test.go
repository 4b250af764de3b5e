package inspection_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
)

// record is the sort of letter as the desk has it.
func record() *process.Desk {
	return &process.Desk{Sorts: []letter.Sort{letter.Sort{ID: "record", Name: letter.Words{Chinese: "现场检查记录"}, To: letter.ToEnterprise, Kinds: []string{"hazard", "inspection"},
		Deeds: map[string]string{"inspection": "conclude"}, Copies: []string{"被检查单位", "本委存档"},
		Asks: []letter.Ask{{Name: "检查情况", As: letter.Long, Required: true, From: "隐患描述"}, {Name: "处理意见", As: letter.Long, From: "整改要求"}}}.For("inspection")},
		Number: "泗开检记〔2026〕1号", Says: map[string]string{"单位全称": "泗县莱卡织造有限公司"}}
}

func failing() inspection.Check {
	return inspection.Check{Results: map[string]string{"s1": inspection.Fail}, Notes: map[string]string{"s1": "阀门渗漏"}, Rest: true}
}

// TestTheRecordSaysWhatTheInspectionIs: place, hours, both inspectors with their cards, who was met, what failed and what passed, the hazards by their numbers but for
// one recorded in error, what is required, and the refusal to sign (安全生产法 art. 68).
func TestTheRecordSaysWhatTheInspectionIs(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.does(0, arranged(func(c *inspection.Arrange) { c.Place = "二号车间" }))
	b.does(3, failing(), concluded(func(c *inspection.Conclude) {
		c.HeadPost, c.HeadPhone, c.Handling, c.Signature, c.Refusal = "安全负责人", "13800000000", "责令限期整改。", inspection.Refused, "认为不属实"
	}))
	b.env.Found.Desk = record()
	b.env.Found.Children = []process.Child{{Kind: "hazard", Number: "YH-2026-0007", Title: "液氨阀门渗漏", DueOn: call(10).Day()}, {Kind: "hazard", Number: "YH-2026-0008", Title: "登记错误", Result: "withdrawn"},
		{Kind: "inspection", Number: "JC-2026-0009", Title: "承租企业"}}
	deed, err := lettering.Issue{Letter: "record"}.Act(&b.i, call(3), b.env.Env)
	require.NoError(t, err)
	says := deed.Print.Values
	for name, want := range map[string]string{"检查场所": "二号车间", "检查时间": "2026年3月5日9时30分至10时45分", "检查人员": "ding、chen", "证件号": "皖L-1、皖L-2", "在场人员": "刘启明（安全负责人）", "联系电话": "13800000000",
		"处理意见": "责令限期整改。", "签字情况": "刘启明拒绝签字：认为不属实", "合格项数": "2", "不合格项数": "1", "隐患数": "1", "出示证件": "现已向你单位出示证件", "受文单位": "泗县莱卡织造有限公司"} {
		require.Equal(t, want, says.Texts[name], name)
	}
	require.Contains(t, says.Texts["检查情况"], "检查 3 项：合格 2 项，不合格 1 项")
	require.Equal(t, []map[string]string{{"序号": "1", "描述": "液氨储罐无泄漏：阀门渗漏", "等级": "当场整改", "依据": "GB 28009"}}, says.Lists["问题"])
	require.Len(t, says.Lists["合格"], 2)
	require.Equal(t, []map[string]string{{"编号": "YH-2026-0007", "描述": "液氨阀门渗漏", "期限": call(10).Day().Chinese()}}, says.Lists["隐患"])
	one := b.i.Issued[0]
	require.Equal(t, []any{"conclude", "泗开检记〔2026〕1号", true, "firm"}, []any{one.Deed, one.Number, one.Outside, one.ToID})
	fields := b.i.Fields()
	for name := range b.i.Recounts(b.i.Says(0), b.env.Found.Children).Texts {
		if name != "检查日期"+letter.Iso {
			require.Contains(t, fields.Texts, name, "a template cannot name it")
		}
	}
}

// TestTheRecordIsTheNextStepOnceConcluded: as long as nobody has concluded it there is none, lately concluded it is what is left to do, long ago it is not, issued it is
// not called for again until it is declared void; a visit that found nobody has none.
func TestTheRecordIsTheNextStepOnceConcluded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.env.Found.Desk = record()
	fit := func(today clock.Date) process.Fit {
		env := b.env.Env
		env.Today = today
		return lettering.Issue{}.Fits(&b.i, call(0).Actor, env)
	}
	refused := func() {
		t.Helper()
		_, err := lettering.Issue{Letter: "record"}.Act(&b.i, call(4), b.env.Env)
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, process.WrongState, refusal.Code)
	}
	b.does(0, arranged(nil))
	require.Equal(t, process.Not, fit(call(0).Day()))
	refused()
	b.does(3, failing(), concluded(nil))
	require.Equal(t, process.Urges, fit(call(3).Day()))
	require.Equal(t, process.Beside, fit(call(200).Day()), "the paper of long ago was written by hand")
	_, err := lettering.Issue{Letter: "record"}.Act(&b.i, call(4), b.env.Env)
	require.NoError(t, err)
	require.Equal(t, process.Not, fit(call(4).Day()))
	refused()
	_, err = lettering.Void{Number: b.i.Issued[0].Number, Reason: "单位名称写错"}.Act(&b.i, call(5), b.env.Env)
	require.NoError(t, err)
	require.Equal(t, process.Urges, fit(call(5).Day()))

	b = setup(t)
	b.env.Found.Desk = record()
	b.does(0, arranged(nil))
	b.does(3, inspection.FindNobody{Outcome: "moved", Note: "厂房已经搬空", Attachments: []process.Evidence{{UploadID: "file"}}})
	require.Equal(t, process.Not, fit(call(3).Day()))
	refused()
}
