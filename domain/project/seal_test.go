package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// A seal holds the papers as they stood: a later revision does not reach it, and sending the project back does not take it away.
func TestSealHoldsThePapersAsTheyStood(t *testing.T) {
	t.Parallel()
	e := env(t)
	for _, id := range []string{"a", "b", "c", "d"} {
		e.Uploads[id] = process.Upload{ID: id, Name: id + ".pdf", SHA256: id + id, UploadedBy: manager}
	}
	p := opened(t, "signed", project.ExistingLand)
	do := func(c project.Command) {
		t.Helper()
		d, err := c.Decide(p, call(1), e)
		require.NoError(t, err, c.About().Name)
		p = d.After
	}
	do(project.Sign{Number: "泗涂招〔2026〕3号", SignedOn: call(0).Day(), Files: []process.Evidence{{UploadID: "a"}, {UploadID: "b"}}})
	do(project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "c", Replaces: 2}}}))
	do(project.Introduce{Unit: "泗涂园区", Share: 100})
	do(project.Advance{From: "signed"})
	passed := p.Passages[len(p.Passages)-1]
	for _, passage := range p.Passages {
		if passage.Seal != nil {
			passed = passage
		}
	}
	papers := []lifecycle.Paper{{Number: 1, Revision: 1, Name: "a.pdf", SHA256: "aa"}, {Number: 2, Revision: 2, Name: "c.pdf", SHA256: "cc"}}
	require.Equal(t, papers, passed.Seal.Items[0].Papers)
	require.Equal(t, "泗涂招〔2026〕3号，2026年3月2日 签订", passed.Seal.Items[0].Says.Chinese)

	before := p
	do(project.On(casework.Attach{Attachments: []process.Evidence{{UploadID: "d", Replaces: 1}}}))
	do(project.SendBack{ToStage: "signed", Reason: "补材料"})
	require.Equal(t, papers, p.Passages[passed.Seq-1].Seal.Items[0].Papers)
	broken, err := process.Broken(before, p)
	require.NoError(t, err)
	require.Empty(t, broken)
}
