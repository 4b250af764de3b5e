package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/parkway-zone/parkway/config"
)

type healthcheckCommand struct {
	config.Listening
	URL string `help:"Address to ask instead of the one that PARKWAY_LISTEN names."`
}

// Run fails unless the server is ready.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if c.URL == "" {
		c.URL = "http://" + c.Local() + "/readyz"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", c.URL, answer.Status)
	}
	return nil
}

type configCommand struct{}

// Run prints the table that stands in the README.
func (*configCommand) Run() error {
	_, err := fmt.Print(config.Table())
	return err
}

type versionCommand struct{}

// Run prints which commit the program was built from.
func (*versionCommand) Run() error {
	_, err := fmt.Println(config.Version())
	return err
}
