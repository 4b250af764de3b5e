package server

import "time"

// Hurry makes the server wait for a body, or for a stretch of a file, no longer than this.
func (s *Server) Hurry(body time.Duration) { s.patience.body = body }
