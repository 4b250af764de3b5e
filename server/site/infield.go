package site

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// FieldPath is the field page; its worker sees this address and nothing else of the program.
const FieldPath = "/field"

// routeField mounts the field page: itself for who may record hazards, and its shell and worker, which hold nothing of anybody's, for the device.
func (s *Site) routeField(open, in *echo.Group) {
	open.GET(FieldPath+"/shell", s.fieldShell)
	open.GET(FieldPath+"/worker.js", s.fieldWorker)
	in.GET(FieldPath, s.fieldPage)
	in.GET("/enterprises/:id/codes", s.fieldCodes)
}

func (s *Site) fieldPage(c echo.Context) error {
	if err := access.Check(actorOf(c), hazard.RecordName, access.Other); err != nil {
		return err
	}
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "infield.title"), "field")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FieldPage(ch))
}

// fieldShell is the page without anybody in it.
func (s *Site) fieldShell(c echo.Context) error {
	ctx := c.Request().Context()
	return render(c, http.StatusOK, ui.FieldShell(ui.Chrome{Title: i18n.T(ctx, "infield.title"), Asset: s.Assets.URL}))
}

// fieldAssets is everything that the shell is drawn with.
func fieldAssets() []string {
	return []string{"app.css", "app.js", "field.js", "mark.svg"}
}

// fieldWorker is the service worker: the bundled script behind the list of what it keeps. The names carry hashes, so the script differs from the one before as soon as
// anything that it keeps does, and browsers take the new one.
func (s *Site) fieldWorker(c echo.Context) error {
	kept := []string{}
	for _, name := range fieldAssets() {
		kept = append(kept, s.Assets.URL(name))
	}
	list, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	script, err := s.Assets.Text("field-worker.js")
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-cache")
	c.Response().Header().Set("Service-Worker-Allowed", FieldPath)
	return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", append([]byte("self.parkwayKeeps="+string(list)+";\n"), script...))
}

// fieldCodes is the sheet of codes of an enterprise and its places.
func (s *Site) fieldCodes(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	if !access.Staffs(actor) {
		return process.Refuse(process.NotAllowed, "二维码由管委会工作人员打印。", "Codes are printed by the zone's own staff.")
	}
	e, err := s.App.Store.Enterprise(ctx, actor, id)
	if err != nil {
		return err
	}
	if e.MergedInto != "" { // its page says what it became: no code is printed for it any more
		return c.Redirect(http.StatusSeeOther, "/enterprises/"+e.ID)
	}
	places, err := s.App.Store.FieldPlaces(ctx, e.ID, s.App.Now())
	if err != nil {
		return err
	}
	at := func(place string) string {
		asked := url.Values{"enterprise": {e.ID}}
		if place != "" {
			asked.Set("place", place)
		}
		return s.App.Store.Address() + FieldPath + "?" + asked.Encode()
	}
	v := ui.FieldCodes{Enterprise: e, Codes: []ui.FieldCode{{Address: at("")}}}
	for _, p := range places {
		v.Codes = append(v.Codes, ui.FieldCode{Place: p.Name, Address: at(p.ID)})
	}
	ch, err := s.chrome(c, i18n.T(ctx, "infield.codes"), "enterprises", ui.Link{Text: i18n.T(ctx, "enterprises.title"), URL: "/enterprises"}, ui.Link{Text: e.ShortName, URL: "/enterprises/" + e.ID})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FieldCodesPage(ch, v))
}
