package project

import "github.com/parkway-zone/parkway/domain/lifecycle"

// Shown is a project as readers get it: with the gate of its present stage.
type Shown struct {
	Project
	Gate []lifecycle.Item `json:"gate"`
}
