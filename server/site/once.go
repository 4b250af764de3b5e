package site

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// shownOnce keeps what is shown only once, such as first passwords, for as long as a page is likely to be sent twice: by a double click, or by loading it
// again. It is kept in memory and nowhere else, and given to nobody but who was shown it.
type shownOnce struct {
	mu   sync.Mutex
	kept map[string]*shown
}

type shown struct {
	sync.Mutex
	what any
	at   time.Time
}

// keptFor is how long.
const keptFor = 30 * time.Minute

// once does something and returns what is to be shown of it; of the same form sent again by the same person it returns what was shown, and does nothing.
// do says whether its answer is to be kept. A form without a key is done every time.
func (s *shownOnce) once(c echo.Context, do func() (answer any, keep bool, err error)) (any, error) {
	if c.FormValue("_key") == "" {
		answer, _, err := do()
		return answer, err
	}
	form, err := c.FormParams()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(form.Encode())) // who goes back and writes something else means something else
	one := s.of(actorOf(c).ID + " " + c.Request().URL.Path + " " + string(sum[:]))
	one.Lock()
	defer one.Unlock()
	if one.what != nil {
		return one.what, nil
	}
	answer, keep, err := do()
	if err == nil && keep {
		one.what = answer
	}
	return answer, err
}

func (s *shownOnce) of(key string) *shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for k, one := range s.kept {
		if now.Sub(one.at) > keptFor {
			delete(s.kept, k)
		}
	}
	if s.kept == nil {
		s.kept = map[string]*shown{}
	}
	one, there := s.kept[key]
	if !there {
		one = &shown{at: now}
		s.kept[key] = one
	}
	return one
}
