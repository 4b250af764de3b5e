package server

import (
	"bytes"
	"io"
	"maps"
	"math"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/server/auth"
)

// What a value of an address may be, by its name: the same name means the same everywhere. What is not named here is text.
var (
	idsOf     = []string{"id", "user", "token", "channel", "filter", "unit", "campaign", "enterprise", "beside", "not", "holder_id", "unit_id", "manager_id", "enterprise_id", "plan_id"} //nolint:gochecknoglobals // a table
	countsOf  = []string{"notice", "message", "absence", "number", "revision", "seq"}                                                                                                     //nolint:gochecknoglobals // a table
	smallOnes = []string{"number", "revision", "seq"}                                                                                                                                     //nolint:gochecknoglobals // those that the database keeps as integer
	wordsOf   = []string{"command", "tab", "kind", "view", "stage", "state", "level", "sector", "site_mode", "status", "format", "sort", "result", "letter", "sort_of"}                   //nolint:gochecknoglobals // a table
)

// longestInAddress is how many bytes a value of an address may have.
const longestInAddress = 2000

// proper holds what came in against what it may be, before any handler sees it: headers, address, form and JSON. What is no text is refused; every text
// is handed on in the form in which it is kept (domain/value), every id as PostgreSQL prints it. So no handler can forget to.
func (s *Server) proper(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		_, known := auth.From(r.Context())
		for _, step := range []func() error{
			func() error { return properHeaders(r.Header) },
			func() error { return properPath(c, known) },
			func() error { return s.properQuery(c, known) },
			func() error { return properForm(r) },
			func() error { return properJSON(c, known) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return next(c)
	}
}

// properHeaders refuses what is no text in a header that says something about a command. What others say of the browser is only kept.
func properHeaders(h http.Header) error {
	for name, values := range h {
		for i, text := range values {
			switch {
			case utf8.ValidString(text):
			case slices.Contains([]string{"Idempotency-Key", "If-Match", "Occurred-At", "Written-By"}, name):
				return process.NoText(name)
			default:
				values[i] = strings.ToValidUTF8(text, "\uFFFD")
			}
		}
	}
	return nil
}

// properPath answers a path that cannot lead anywhere with 404. Strangers are told to sign in instead, wherever they look.
func properPath(c echo.Context, known bool) error {
	if _, err := value.Text(c.Request().URL.Path); err != nil {
		return echo.ErrNotFound
	}
	if !known {
		return nil
	}
	names, values := c.ParamNames(), slices.Clone(c.ParamValues())
	for i, name := range names {
		if i >= len(values) || name == "*" {
			continue
		}
		text, ok := proper(name, values[i])
		if !ok || text == "" {
			return process.Refuse(process.NotFound, "没有找到，或者你无权查看。", "It does not exist, or you may not see it.")
		}
		values[i] = text
	}
	c.SetParamValues(values...)
	return nil
}

// properQuery refuses a query whose values cannot be, all of them at once. Strangers are told to sign in instead, and a list of the API names what is wrong with its own
// conditions beside everything else that it does not know.
func (s *Server) properQuery(c echo.Context, known bool) error {
	r := c.Request()
	var faults process.Faults
	if r.URL.RawQuery == "" {
		return nil
	}
	query, err := url.ParseQuery(r.URL.RawQuery) // the rest of it would be taken for all that was asked
	if err != nil && known {
		return process.Refuse(process.InvalidInput, "地址里问号后面有读不出来的一段（多半是少了字符，或者“%”“;”没有写成 %25、%3B），没有按它查找。请核对地址，或者回到列表重新选择。",
			"Something behind the question mark of the address cannot be read (a character is missing, or % and ; are not written %25 and %3B), so nothing was looked for. Check the address, or go back to the list and choose again.")
	}
	changed := false
	for _, name := range slices.Sorted(maps.Keys(query)) {
		values := query[name]
		if _, err := value.Text(name); err != nil {
			return process.NoText("")
		}
		for i, given := range values {
			text, err := value.Text(given)
			if err != nil {
				return process.NoText(name)
			}
			if same, ok := proper(name, text); ok {
				text = same
			} else if known && !s.names(c.Path(), name) {
				faults.Note(process.RefuseField(name, "地址里的“"+name+"”不对，请回到列表重新选择。", "The address holds something for "+name+" that cannot be; go back to the list and choose again."))
			}
			values[i], changed = text, changed || text != given
		}
	}
	if changed {
		r.URL.RawQuery = query.Encode()
	}
	return faults.Err()
}

// proper returns a value of an address as it is used, and whether it can be one of this name. Nothing can always be.
func proper(name, text string) (string, bool) {
	switch {
	case text == "":
		return "", true
	case slices.Contains(idsOf, name):
		return value.ID(text)
	case slices.Contains(countsOf, name):
		n, err := strconv.ParseInt(text, 10, 64)
		return text, err == nil && n > 0 && (n <= math.MaxInt32 || !slices.Contains(smallOnes, name))
	case slices.Contains(wordsOf, name):
		return text, len(text) <= 40 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
	}
	same, err := value.Text(text)
	return same, err == nil && len(same) <= longestInAddress
}

// properForm gives the texts of a form, which was read, the form in which they are kept.
func properForm(r *http.Request) error {
	forms := []url.Values{r.Form, r.PostForm}
	if r.MultipartForm != nil {
		forms = append(forms, r.MultipartForm.Value)
	}
	for _, form := range forms {
		for name, values := range form {
			for i, given := range values {
				text, err := value.Text(given)
				if err != nil {
					return process.NoText(name)
				}
				values[i] = text
			}
		}
	}
	return nil
}

// properJSON gives the texts of a body in JSON the form in which they are kept, so that the contract's lengths count that. What is no JSON is left to the contract's check, which says so.
func properJSON(c echo.Context, known bool) error {
	r := c.Request()
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // what cannot be read is the contract's business too
	if !known || reads(r.Method) || c.Path() == uploads || !strings.HasPrefix(r.URL.Path, "/api/") || (media != "" && media != "application/json") {
		return nil
	}
	raw, err := io.ReadAll(r.Body) // it is here already
	if err != nil {
		return err
	}
	tidy, err := process.Tidy(raw)
	if err != nil && !process.NoJSON(err) {
		return err
	}
	if err == nil {
		raw = tidy
	}
	again := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(raw)), nil } // for whoever says what else is wrong with it
	r.Body, _ = again()
	r.ContentLength, r.GetBody = int64(len(raw)), again
	return nil
}
