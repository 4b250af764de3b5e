package server_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
)

// TestWhoWaitsForASheetIsToldHowFarItIs: while a sheet of many rows is tried its sender's page hears how many were gone through, more and more; nobody else does, and
// nothing is said once it is over.
func TestWhoWaitsForASheetIsToldHowFarItIs(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Administrator)) + "; parkway_language=zh"
	const at = "/registers/enterprises/import"
	response, _ := b.ask(t, http.MethodGet, at+"/far", "", "Cookie", cookie)
	require.Equal(t, http.StatusNoContent, response.StatusCode)
	_, page := b.ask(t, http.MethodGet, at, "", "Cookie", cookie)
	require.Contains(t, page, `data-far="`+at+`/far"`)
	rows := [][]any{{"企业名称", "简称", "别名", "行业", "地址"}}
	const many = 1500
	for i := range many {
		rows = append(rows, []any{fmt.Sprintf("泗县第%04d号制造有限公司", i), fmt.Sprintf("制造%04d", i), fmt.Sprintf("厂%04d", i), "其他", "朝阳路"})
	}
	var form bytes.Buffer
	writer := multipart.NewWriter(&form)
	file, err := writer.CreateFormFile("file", "企业.xlsx")
	require.NoError(t, err)
	_, err = file.Write(zonetest.Workbook(t, rows))
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	over := make(chan string)
	go func() {
		answer, _ := b.ask(t, http.MethodPost, at, form.String(), "Cookie", cookie, "Content-Type", writer.FormDataContentType())
		over <- answer.Header.Get("Location")
	}()
	said, last, heard := regexp.MustCompile(`正在核对，1500 行里看了 (\d+) 行`), 0, map[int]bool{}
	stranger := b.session(t, b.As(process.Leader))
	for waiting := true; waiting; {
		select {
		case where := <-over:
			require.Contains(t, where, at+"?shown=")
			waiting = false
		case <-time.After(5 * time.Millisecond):
			response, part := b.ask(t, http.MethodGet, at+"/far", "", "Cookie", cookie)
			require.Equal(t, "no-store", response.Header.Get("Cache-Control"))
			if m := said.FindStringSubmatch(part); m != nil {
				done, err := strconv.Atoi(m[1])
				require.NoError(t, err)
				require.GreaterOrEqual(t, done, last)
				require.Contains(t, part, fmt.Sprintf(`<progress max="%d" value="%d" aria-hidden="true">`, many, done))
				last, heard[done] = done, true
			}
			response, _ = b.ask(t, http.MethodGet, at+"/far", "", "Cookie", stranger)
			require.Equal(t, http.StatusForbidden, response.StatusCode)
		}
	}
	require.Greater(t, len(heard), 3, "it is said while it goes on")
	response, _ = b.ask(t, http.MethodGet, at+"/far", "", "Cookie", cookie)
	require.Equal(t, http.StatusNoContent, response.StatusCode)
}
