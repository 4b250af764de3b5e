package site

// meanwhile begins at once to read what a page needs later, beside what the page reads meanwhile, and returns how to wait for it. A page of a long list takes about as long as
// to count the list: one after the other they took twice as long. read may touch nothing of the request but its context, which may be over before it is.
func meanwhile[T any](read func() (T, error)) func() (T, error) {
	type outcome struct {
		value  T
		err    error
		failed any
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.failed = recover() // it belongs to the request, which waits for it, and not to the program
			done <- o
		}()
		o.value, o.err = read()
	}()
	return func() (T, error) {
		o := <-done
		if o.failed != nil {
			panic(o.failed)
		}
		return o.value, o.err
	}
}
