package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

type (
	// UserList is every account by name.
	UserList struct {
		Items []UserItem `json:"items"`
	}
	// UserItem is an account.
	UserItem struct {
		ID         string     `json:"id"`
		Username   string     `json:"username"`
		Name       string     `json:"name"`
		Roles      []string   `json:"roles"`
		Body       string     `json:"body" doc:"the section, department or enterprise, by name"`
		Invented   bool       `json:"invented"`
		DisabledAt *time.Time `json:"disabled_at" doc:"null: in use"`
	}
	userAdded struct {
		Body struct {
			Username     string   `json:"username" minLength:"1" maxLength:"40" pattern:"^[A-Za-z0-9._-]+$" example:"luzhiyuan"`
			Name         string   `json:"name" minLength:"1" maxLength:"60" example:"陆志远"`
			Role         string   `json:"role" enum:"project_manager,safety_supervisor,liaison_officer,department,enterprise,leader,auditor,administrator" example:"project_manager"`
			UnitID       orNobody `json:"unit_id,omitempty" doc:"The section or department."`
			EnterpriseID orNobody `json:"enterprise_id,omitempty" doc:"Of an enterprise's contact."`
		}
	}
	// FirstPassword is shown this once, and must be changed at the first sign-in.
	FirstPassword struct {
		Password string `json:"password"`
	}
	// UserNamed names an account.
	UserNamed struct {
		User id `path:"user" doc:"Id of the account"`
	}
	// Left is what somebody leaves behind.
	Left struct {
		Cases int `json:"cases" doc:"open cases that are with the person, in hand or to be answered for; their head and the leaders are told"`
	}
)

// users declares the accounts.
func (a *API) users(f *face) {
	sorts(f, store.SortAccounts().Columns, operation{id: "listUsers", path: "/users", tag: "administration", summary: "Every account", whose: administrators}, a.listUsers)
	on(f, operation{id: "createUser", method: http.MethodPost, path: "/users", tag: "administration", summary: "Make an account. Its first password is shown this once", whose: administrators, session: true},
		func(ctx context.Context, in *userAdded) (FirstPassword, error) { return a.createUser(ctx, f, in) })
	on(f, operation{id: "resetPassword", method: http.MethodPost, path: "/users/{user}/password-reset", tag: "administration", whose: administrators, session: true,
		summary: "Give an account a new first password, shown this once. It ends its sessions and tokens"},
		func(ctx context.Context, in *UserNamed) (FirstPassword, error) {
			password, err := a.Auth.ResetPassword(ctx, actor(ctx), string(in.User))
			return FirstPassword{Password: password}, err
		})
	on(f, operation{id: "disableUser", method: http.MethodPost, path: "/users/{user}/disablement", tag: "administration", summary: "End an account with its sessions and tokens, at once", whose: administrators}, a.disableUser)
	does(f, operation{id: "enableUser", method: http.MethodDelete, path: "/users/{user}/disablement", tag: "administration", summary: "Let an account be used again; its tokens do not come back", whose: administrators, session: true},
		func(ctx context.Context, in *UserNamed) error {
			return a.Auth.Disable(ctx, actor(ctx), string(in.User), false)
		})
}

func (a *API) listUsers(ctx context.Context, in *Ordered) (UserList, error) {
	list := UserList{Items: []UserItem{}}
	park, err := a.App.Store.Park(ctx)
	if err != nil {
		return list, err
	}
	rows, err := a.Auth.Queries.Users(ctx, park.ID)
	rows, err = inOrder(store.SortAccounts(), *in, rows, err)
	for _, u := range rows {
		list.Items = append(list.Items, UserItem{ID: u.ID, Username: u.Username, Name: u.Name, Roles: u.Roles, Body: u.Body, Invented: u.Invented, DisabledAt: u.DisabledAt})
	}
	return list, err
}

// createUser puts somebody into the register of people, with one role.
func (a *API) createUser(ctx context.Context, f *face, in *userAdded) (FirstPassword, error) {
	b := in.Body
	person := register.Person{Username: b.Username, Name: b.Name, Roles: []string{b.Role}}
	if b.Role == string(process.Enterprise) { // what does not go with the role is left out, as ever
		person.EnterpriseID = string(b.EnterpriseID)
	} else {
		person.UnitID = string(b.UnitID)
	}
	doc, err := json.Marshal(person)
	if err != nil {
		return FirstPassword{}, err
	}
	people, _ := register.Of(register.PeopleName)
	kept, err := a.clerk(f).Keep(ctx, actor(ctx), people, store.Keeping{Record: json.RawMessage(doc)})
	if err != nil || kept.Password == nil {
		return FirstPassword{}, err
	}
	return FirstPassword{Password: kept.Password.Password}, nil
}

// disableUser says what the person leaves behind: their head and the leaders are told too.
func (a *API) disableUser(ctx context.Context, in *UserNamed) (Left, error) {
	if err := a.Auth.Disable(ctx, actor(ctx), string(in.User), true); err != nil {
		return Left{}, err
	}
	user, err := a.Auth.Queries.UserByID(ctx, string(in.User))
	if err != nil {
		return Left{}, err
	}
	left, err := a.App.Store.TellOfDeparture(ctx, actor(ctx), string(in.User), user.Name, a.now())
	return Left{Cases: left}, err
}
