package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/server/founding"
)

// forbid makes the database refuse, in every table, what the rules let through.
func (b *bundle) forbid(t *testing.T, word string) {
	t.Helper()
	_, err := b.connect(t).Exec(t.Context(), `CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
		IF NEW::text LIKE '%`+word+`%' THEN RAISE EXCEPTION 'forbidden' USING ERRCODE = '23514'; END IF; RETURN NEW; END $f$;
		DO $d$ DECLARE t text; BEGIN FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'goose%' LOOP
		EXECUTE format('CREATE TRIGGER forbid BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION forbid()', t); END LOOP; END $d$`)
	require.NoError(t, err)
}

// TestAFullDatabaseSaysSo: what PostgreSQL cannot keep for want of room is answered with what to do, on pages and in the API, and is no fault of the program.
func TestAFullDatabaseSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.Leader)) + "; parkway_language=zh"
	_, err := b.connect(t).Exec(t.Context(), `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $f$;
		CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON sign_in_failures FOR EACH ROW EXECUTE FUNCTION full_disk(); CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON filters FOR EACH ROW EXECUTE FUNCTION full_disk()`)
	require.NoError(t, err)
	answer, page := b.ask(t, http.MethodPost, "/sign-in", url.Values{"username": {"nobody"}, "password": {"x"}}.Encode(), "Accept-Language", "zh")
	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	require.Contains(t, page, "磁盘满了")
	answer, page = b.ask(t, http.MethodPost, "/filters", url.Values{"list": {"projects"}, "name": {"线索"}, "query": {"stage=lead"}}.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode, page)
	said := b.operator(t, b.As(process.Leader)).do(t, 503, "POST", "/filters", object{"list": "projects", "name": "线索", "query": "stage=lead"})
	require.Contains(t, said["title"], "磁盘满了")
	_, err = b.connect(t).Exec(t.Context(), `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON readiness FOR EACH ROW EXECUTE FUNCTION full_disk()`)
	require.NoError(t, err)
	answer, page = b.ask(t, http.MethodGet, "/readyz", "")
	require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	require.Contains(t, page, "the disk is full", "who looks after it reads what to do")
}

// TestWhatTheDatabaseRefusesIsRefusedEverywhere: a rule that is missing is a refusal on every path that writes beside the door too: registers, campaigns, what
// people keep for themselves, and the set-up of a zone.
func TestWhatTheDatabaseRefusesIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	boss := b.operator(t, b.As(process.Administrator))
	boss.bearer, boss.cookie = "", b.session(t, b.As(process.Administrator))
	b.forbid(t, "机密")
	for _, r := range register.All() {
		at, record := "/registers/"+string(r.Name), b.records()[r.Name]
		id := ""
		if r.Single {
			id = boss.do(t, 200, "GET", at, nil)["items"].([]any)[0].(object)["id"].(string)
		} else {
			id = boss.do(t, 200, "POST", at, record)["id"].(string)
			other := object{}
			for name, value := range record {
				other[name] = value
			}
			other[r.Title] = "机密" + string(r.Name)
			boss.do(t, 422, "POST", at, other)
			form := url.Values{}
			for name, value := range other {
				if text, ok := value.(string); ok {
					form.Set(name, text)
				}
			}
			response, text := b.ask(t, http.MethodPost, at, form.Encode(), "Cookie", boss.cookie)
			require.Less(t, response.StatusCode, 500, "%s: %s", at, text)
		}
		record[r.Title] = "机密"
		boss.do(t, 422, "PUT", at+"/"+id, record)
	}
	response, text := b.ask(t, http.MethodPost, "/filters", url.Values{"list": {"projects"}, "name": {"机密"}, "query": {"stage=lead"}}.Encode(), "Cookie", boss.cookie)
	require.Less(t, response.StatusCode, 500, text)

	empty, link := vacant(t), founding.NewLink()
	empty.server.Site.Link = link
	empty.forbid(t, "机密")
	response, _ = empty.ask(t, http.MethodGet, link.URL(""), "")
	cookie := strings.SplitN(response.Header.Get("Set-Cookie"), ";", 2)[0]
	form := url.Values{"name": {"机密经济开发区"}, "short_name": {"泗开"}, "letters": {"泗开"}, "time_zone": {"Asia/Shanghai"}, "calendar": {"weekends"}, "username": {"admin"},
		"person": {"周管理"}, "password": {"correct-horse-1"}, "again": {"correct-horse-1"}}
	response, text = empty.ask(t, http.MethodPost, "/setup", form.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusUnprocessableEntity, response.StatusCode, text)
	form.Set("name", "泗县经济开发区")
	response, text = empty.ask(t, http.MethodPost, "/setup", form.Encode(), "Cookie", cookie)
	require.Equal(t, http.StatusSeeOther, response.StatusCode, text)
}
