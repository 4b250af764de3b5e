package server

import "time"

// Hurry makes the server wait for a body, or for a stretch of a file, no longer than this.
func (s *Server) Hurry(body time.Duration) { s.patience.body = body }

// Suspect lets the server ask again for the sender of every body.
func (s *Server) Suspect() { s.patience.moment = 0 }
