package site

import "context"

type headKey struct{}

// ForHead marks a request of which only the head is wanted: nobody is shown what it answers.
func ForHead(ctx context.Context) context.Context { return context.WithValue(ctx, headKey{}, true) }

// OnlyHead reports whether only the head is wanted.
func OnlyHead(ctx context.Context) bool { return ctx.Value(headKey{}) != nil }

// markSeen notes that somebody was shown a case as it is in a version.
func (s *Site) markSeen(ctx context.Context, userID, caseID string, version int64) error {
	if OnlyHead(ctx) {
		return nil
	}
	return s.App.Store.MarkSeen(ctx, userID, caseID, version)
}
