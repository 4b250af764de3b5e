package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// MakeRole makes a role that may sign in, unless it is there; then its password stays as it is.
func MakeRole(ctx context.Context, ownerURL, role, password string) error {
	return asOwner(ctx, ownerURL, func(conn *pgx.Conn) error {
		var there bool
		if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role).Scan(&there); err != nil || there {
			return err
		}
		return formatted(ctx, conn, "CREATE ROLE %I LOGIN PASSWORD %L", role, password)
	})
}

// RoleThere reports whether the cluster of the database has a role.
func RoleThere(ctx context.Context, ownerURL, role string) (there bool, err error) {
	err = asOwner(ctx, ownerURL, func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role).Scan(&there)
	})
	return there, err
}

// SetPassword gives a role a new password, whatever characters are in it.
func SetPassword(ctx context.Context, ownerURL, role, password string) error {
	if password == "" {
		return errors.New("the new password is empty")
	}
	return asOwner(ctx, ownerURL, func(conn *pgx.Conn) error { return formatted(ctx, conn, "ALTER ROLE %I PASSWORD %L", role, password) })
}

func asOwner(ctx context.Context, ownerURL string, do func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	return do(conn)
}

// formatted carries out a statement that takes no parameters; PostgreSQL itself puts the values in.
func formatted(ctx context.Context, conn *pgx.Conn, statement, role, password string) error {
	var whole string
	err := conn.QueryRow(ctx, "SELECT format($1::text, $2::text, $3::text)", statement, role, password).Scan(&whole)
	if err == nil {
		_, err = conn.Exec(ctx, whole)
	}
	if err != nil {
		return fmt.Errorf("change the role %s: %w", role, err)
	}
	return nil
}
