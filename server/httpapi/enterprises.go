package httpapi

import (
	"context"
	"net/http"

	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

type (
	enterprisesAsked struct {
		Words string `query:"q" maxLength:"100" doc:"characters of a name or alias, pinyin initials, or of a credit code"`
		After string `query:"after" maxLength:"400" doc:"next of the page before"`
		Sized
		Ordered
	}
	// EnterpriseItem is an enterprise.
	EnterpriseItem struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		ShortName  string   `json:"short_name"`
		Sector     string   `json:"sector"`
		Invented   bool     `json:"invented"`
		Aliases    []string `json:"aliases"`
		MergedInto string   `json:"merged_into,omitempty" doc:"The enterprise that this one was merged into: everything of it is there. Left out while it is in use."`
		MergedName string   `json:"merged_name,omitempty" doc:"That one's short name."`
	}
	// EnterpriseList is a page of enterprises by short name.
	EnterpriseList struct {
		Items []EnterpriseItem `json:"items"`
		Next  string           `json:"next,omitempty"`
	}
	enterpriseAdded struct {
		Body struct {
			Name       string `json:"name" minLength:"1" maxLength:"200" doc:"Its registered name, or the one it is going to have." example:"泗县丰禾食品有限公司"`
			ShortName  string `json:"short_name,omitempty" maxLength:"40" doc:"What people call it; the name without its legal form when left out." example:"丰禾食品"`
			CreditCode string `json:"credit_code,omitempty" maxLength:"40" doc:"统一社会信用代码, once there is one."`
			Sector     string `json:"sector,omitempty" maxLength:"40" doc:"Its trade; not known when left out." example:"green_food"`
		}
	}
	// Created names what was made.
	Created struct {
		ID string `json:"id"`
	}
	enterpriseNamed struct {
		ID string `path:"id" doc:"Id of the enterprise"`
	}
	// EnterpriseCare is who looks after an enterprise: whom a ladder means by its liaison officer and its department.
	EnterpriseCare struct {
		LiaisonID    string `json:"liaison_id" doc:"Empty: nobody."`
		Liaison      string `json:"liaison" doc:"By name."`
		DepartmentID string `json:"department_id" doc:"In charge of its trade; empty: none."`
		Department   string `json:"department" doc:"By name."`
	}
	careGiven struct {
		ID   id `path:"id" doc:"Id of the enterprise"`
		Body struct {
			LiaisonID    orNobody `json:"liaison_id" doc:"The liaison officer; empty: nobody."`
			DepartmentID orNobody `json:"department_id" doc:"The department in charge of its trade; empty: none."`
		}
	}
)

// enterprises declares what there is to know of enterprises.
func (a *API) enterprises(f *face) {
	sorts(f, store.SortEnterprises().Columns, operation{id: "listEnterprises", path: "/enterprises", tag: "zone", summary: "Enterprises, by short name unless sorted otherwise"}, a.listEnterprises)
	on(f, operation{id: "addEnterprise", method: http.MethodPost, path: "/enterprises", tag: "zone", summary: "Add an enterprise",
		detail: "For the zone's project managers, safety supervisors, liaison officers and administrators. One that is on file already is refused, so that sending it twice adds it once."}, a.addEnterprise)
	on(f, operation{id: "getEnterprise", path: "/enterprises/{id}", tag: "zone", summary: "One enterprise"},
		func(ctx context.Context, in *enterpriseNamed) (EnterpriseItem, error) {
			e, err := a.App.Store.Enterprise(ctx, actor(ctx), in.ID)
			return enterpriseItem(e), err
		})
	on(f, operation{id: "getCare", path: "/enterprises/{id}/care", tag: "administration", summary: "Who looks after an enterprise", whose: administrators}, a.care)
	does(f, operation{id: "setCare", method: http.MethodPut, path: "/enterprises/{id}/care", tag: "administration", summary: "Say who looks after an enterprise", whose: administrators},
		func(ctx context.Context, in *careGiven) error {
			return a.set(ctx, f, register.EnterprisesName, string(in.ID), map[string]string{"liaison_id": string(in.Body.LiaisonID), "department_id": string(in.Body.DepartmentID)})
		})
}

func enterpriseItem(e store.Enterprise) EnterpriseItem {
	return EnterpriseItem{ID: e.ID, Name: e.Name, ShortName: e.ShortName, Sector: e.Sector, Invented: e.Invented, Aliases: append([]string{}, e.Aliases...), MergedInto: e.MergedInto, MergedName: e.MergedName}
}

func (a *API) listEnterprises(ctx context.Context, in *enterprisesAsked) (EnterpriseList, error) {
	rows, next, err := store.SortEnterprises().Page(in.sort(), in.Words, store.Cursor(in.After), in.Size, func(after store.Cursor, size int) ([]store.Enterprise, store.Cursor, error) {
		return a.App.Store.Enterprises(ctx, actor(ctx), in.Words, after, size)
	})
	list := EnterpriseList{Items: []EnterpriseItem{}, Next: string(next)}
	for _, e := range rows {
		list.Items = append(list.Items, enterpriseItem(e))
	}
	return list, err
}

func (a *API) addEnterprise(ctx context.Context, in *enterpriseAdded) (Created, error) {
	id, err := a.App.AddEnterprise(ctx, actor(ctx), enterprise.New(in.Body))
	return Created{ID: id}, err
}

func (a *API) care(ctx context.Context, in *enterpriseNamed) (EnterpriseCare, error) {
	if _, err := a.App.Store.Enterprise(ctx, actor(ctx), in.ID); err != nil {
		return EnterpriseCare{}, err
	}
	c, err := a.App.Store.Care(ctx, in.ID)
	return EnterpriseCare{LiaisonID: c.LiaisonID, Liaison: c.Liaison, DepartmentID: c.DepartmentID, Department: c.Department}, err
}

// administrators refuses everybody else.
func overseers(who process.Actor) error {
	if who.Has(process.Auditor) {
		return nil
	}
	return administrators(who)
}

func administrators(who process.Actor) error {
	if who.Has(process.Administrator) {
		return nil
	}
	return process.Refuse(process.NotAllowed, "这项设置由管理员办理。", "This is the administrator's business.")
}
