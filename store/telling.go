package store

import "context"

// counting is under what a context holds who is told how far a list of records is.
type counting struct{}

// Telling returns a context under which Keep and Try tell, after each record, how many of how many they have gone through. Try goes through its records a second time
// when one of them is refused, and counts anew.
func Telling(ctx context.Context, tell func(done, of int)) context.Context {
	return context.WithValue(ctx, counting{}, tell)
}

func counted(ctx context.Context, done, of int) {
	if tell, asked := ctx.Value(counting{}).(func(done, of int)); asked {
		tell(done, of)
	}
}
