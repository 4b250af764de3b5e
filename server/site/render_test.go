package site

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// TestAPageIsDrawnOnce: however many due dates it shows, and reads what their clocks count once.
func TestAPageIsDrawnOnce(t *testing.T) {
	t.Parallel()
	catalogue, err := i18n.Load()
	require.NoError(t, err)
	drawn, read := 0, 0
	day := clock.NewDate(2026, 11, 23)
	page := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		drawn++
		return templ.Join(ui.Due(ui.DueDay{Day: day, Case: "a"}, day), ui.Due(ui.DueDay{Day: day.AddDays(7), Case: "b"}, day), ui.Due(ui.DueDay{Day: day.AddDays(7), Case: "a"}, day)).Render(ctx, w)
	})
	ctx := ui.Counting(i18n.With(t.Context(), catalogue.Speak("zh")), func(_ context.Context, ids []string) (map[string]store.Counting, error) {
		read++
		require.Equal(t, []string{"a", "b"}, ids)
		return map[string]store.Counting{"a": {Unit: clock.WorkingDay}}, nil
	})
	answer := httptest.NewRecorder()
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil).WithContext(ctx), answer)
	require.NoError(t, render(c, http.StatusOK, page))
	require.Equal(t, []int{1, 1}, []int{drawn, read})
	require.Contains(t, answer.Body.String(), "今天到期")
	require.Contains(t, answer.Body.String(), "剩 7 个自然日")
	require.Contains(t, answer.Body.String(), "剩 5 个工作日")
}
