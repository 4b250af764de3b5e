package systemtest

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// historyHoldsEverything looks at a project's pages as people do: what the history says, what a gate was passed with, and what verification finds
// when a file on the disk is not what was received.
func historyHoldsEverything(t *testing.T, w *world, enterprise string) {
	open := object{"title": "丰禾四期", "enterprise_id": enterprise, "entry_stage": "signed",
		"facts": object{"sector": "ev_parts", "site_mode": "existing_land", "investment": "120000000.00"}}
	id := w.do(t, "luzhiyuan", "/projects", open).Standing.CaseID
	path := "/projects/" + id
	papers := append(w.shows(t, "luzhiyuan", picture()), w.shows(t, "luzhiyuan", picture())...)
	w.do(t, "luzhiyuan", path+"/sign", object{"number": "泗涂招〔2026〕31号", "signed_on": w.today().String(), "attachments": papers})
	w.do(t, "luzhiyuan", path+"/introduce", object{"unit": "园区招商科", "share": 100})
	w.do(t, "luzhiyuan", path+"/advance", object{"from": "signed"})
	w.do(t, "luzhiyuan", path+"/edit", object{"facts": object{"note": "临街地块"}, "reason": "补充"})
	w.do(t, "luzhiyuan", path+"/send-back", object{"to_stage": "signed", "reason": "协议要补签"})

	var p struct {
		Passages []lifecycle.Passage
	}
	w.call(t, "luzhiyuan", http.MethodGet, path, nil).read(t, &p)
	seq := 0
	for _, passage := range p.Passages {
		if passage.Seal != nil {
			seq = passage.Seq
		}
	}
	seal := fmt.Sprintf("%s/seals/%d", path, seq)
	var sealed lifecycle.Passage
	w.call(t, "shenji", http.MethodGet, seal, nil).read(t, &sealed)
	require.Len(t, sealed.Seal.Items[0].Papers, 2)
	sha := sealed.Seal.Items[0].Papers[0].SHA256
	require.Equal(t, http.StatusNotFound, w.call(t, "shenji", http.MethodGet, path+"/seals/99", nil).Status)
	require.Equal(t, http.StatusNotFound, w.call(t, "qiye", http.MethodGet, seal, nil).Status, "notes in it are for the zone's own offices")

	browser := signedIn(t, w.web.URL, "shenji")
	page := func(path string) string {
		response, err := browser.Get(w.web.URL + path) //nolint:noctx // a test's browser
		require.NoError(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, response.StatusCode, "%s", text)
		return string(text)
	}
	project := page(path)
	for _, words := range []string{"查看封存清单", seal, "备注", "临街地块", "泗涂招〔2026〕31号", "附件 1.1", "附件 2.1", "指纹 " + sha[:12]} {
		require.Contains(t, project, words)
	}
	list := page(seal)
	for _, words := range []string{"泗涂招〔2026〕31号", sha, "/files/" + id + "/1/1", "/files/" + id + "/2/1", "陆致远"} {
		require.Contains(t, list, words)
	}
	require.Contains(t, page(path+"/verification"), "2 个文件，都和写入时一样")

	file := filepath.Join(w.dir, "files", sha[:2], sha)
	was, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, []byte("换过的照片"), 0o600))
	t.Cleanup(func() { require.NoError(t, os.WriteFile(file, was, 0o600)) })
	found := page(path + "/verification")
	require.Contains(t, found, "发现 2 处和写入时不一样", "both attachments are these bytes")
	require.Contains(t, found, "文件内容和收到时不一样")
	var v struct {
		Intact   bool
		Findings []process.Finding
	}
	w.call(t, "shenji", http.MethodGet, "/cases/"+id+"/verification", nil).read(t, &v)
	require.False(t, v.Intact)
	require.Equal(t, []string{"1.1", "2.1"}, []string{v.Findings[0].File, v.Findings[1].File})
}
