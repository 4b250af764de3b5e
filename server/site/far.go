package site

import (
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// sheets says how far the sheets are that are tried or taken right now, to the pages that wait for it. Another server's it does not know.
type sheets struct {
	mu  sync.Mutex
	far map[string]ui.Far // by who sent it and where to
}

func (s *sheets) tell(whose string, far ui.Far) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.far == nil {
		s.far = map[string]ui.Far{}
	}
	s.far[whose] = far
}

func (s *sheets) done(whose string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.far, whose)
}

func (s *sheets) of(whose string) (ui.Far, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	far, known := s.far[whose]
	return far, known
}

// counted lets the page that waits for a sheet of the register know how far it is, until the returned function is called.
func (s *Site) counted(c echo.Context, r register.Register, rows int) (over func()) {
	whose := actorOf(c).ID + " " + string(r.Name)
	s.sheets.tell(whose, ui.Far{Of: rows})
	c.SetRequest(c.Request().WithContext(store.Telling(c.Request().Context(), func(done, of int) { s.sheets.tell(whose, ui.Far{Done: done, Of: of}) })))
	return func() { s.sheets.done(whose) }
}

// importFar says how far the reader's sheet is; nothing, where none is under way here.
func (s *Site) importFar(c echo.Context) error {
	r, err := importable(c)
	if err != nil {
		return err
	}
	far, known := s.sheets.of(actorOf(c).ID + " " + string(r.Name))
	c.Response().Header().Set("Cache-Control", "no-store")
	if !known {
		return c.NoContent(http.StatusNoContent)
	}
	return render(c, http.StatusOK, ui.FarPart(far))
}
