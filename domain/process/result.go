package process

import "errors"

// WordOf names how a command ended, for those who count: done, replayed when its key was known, refused by a rule, or failed, in the caller's word
// for it, when it could not be tried.
func WordOf(outcome Outcome, err error, failed string) string {
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		return "refused"
	case err != nil:
		return failed
	case outcome.Replayed:
		return "replayed"
	}
	return "done"
}
