package standalone

import (
	"fmt"
	"io/fs"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/csrf"
	"github.com/temporalio/ui-server/v2/server/route"
	"github.com/temporalio/ui-server/v2/ui"
)

// UI returns Temporal's own pages, read-only, to be mounted below path behind a check that the visitor is an administrator.
func (m *Machine) UI(path string) (http.Handler, error) {
	provider, err := uiconfig.NewConfigProviderWithRefresh(&uiconfig.Config{TemporalGRPCAddress: m.engine.host, EnableUI: true, PublicPath: path,
		DefaultNamespace: m.options.Namespace, DisableNewsFetch: true, HideLogs: true, DisableWriteActions: true})
	if err != nil {
		return nil, fmt.Errorf("configure the engine's pages: %w", err)
	}
	e := echo.New()
	e.HideBanner = true
	e.Use(middleware.Recover(), csrf.EnsureTokenCookie(false), middleware.CSRFWithConfig(csrf.MiddlewareConfig(provider, false)))
	e.Pre(route.PublicPath(path))
	if err := route.SetAPIRoutes(e, provider, nil); err != nil {
		return nil, fmt.Errorf("prepare the engine's pages: %w", err)
	}
	assets, err := ui.Assets()
	if err != nil {
		return nil, fmt.Errorf("read the engine's pages: %w", err)
	}
	local, err := fs.Sub(assets, "local")
	if err != nil {
		return nil, fmt.Errorf("read the engine's pages: %w", err)
	}
	if err := route.SetUIRoutes(e, path, local); err != nil {
		return nil, fmt.Errorf("prepare the engine's pages: %w", err)
	}
	return e, nil
}
