package server_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server"
)

// patient is how long a test waits for what the server does by itself.
const patient = 20 * time.Second

// line is a connection on which a test writes what it likes.
type line struct {
	net.Conn
	reader *bufio.Reader
}

// dial connects and sends the head of a request.
func (b *bundle) dial(t *testing.T, method, path string, header ...string) *line {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", b.address)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patient)))
	head := method + " " + path + " HTTP/1.1\r\nHost: " + b.address + "\r\n"
	for i := 0; i+1 < len(header); i += 2 {
		head += header[i] + ": " + header[i+1] + "\r\n"
	}
	_, err = conn.Write([]byte(head + "\r\n"))
	require.NoError(t, err)
	return &line{Conn: conn, reader: bufio.NewReader(conn)}
}

// answer reads the status of the answer.
func (l *line) answer(t *testing.T) *http.Response {
	t.Helper()
	response, err := http.ReadResponse(l.reader, nil)
	require.NoError(t, err)
	t.Cleanup(func() { response.Body.Close() })
	return response
}

// pour sends chunks until the server takes no more, or most have been sent, and returns how many bytes it took.
func (l *line) pour(most int) int {
	piece, sent := []byte(fmt.Sprintf("%x\r\n%s\r\n", 32<<10, strings.Repeat("a", 32<<10))), 0
	for sent < most {
		n, err := l.Write(piece)
		sent += n
		if err != nil {
			break
		}
	}
	return sent
}

const (
	formType = "application/x-www-form-urlencoded"
	fileType = "multipart/form-data; boundary=b"
	mib      = 1 << 20
)

// TestABodyThatIsAnnouncedTooLargeIsRefusedUnread: the answer comes before any of it was sent, and the connection ends.
func TestABodyThatIsAnnouncedTooLargeIsRefusedUnread(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	manager := b.As(process.ProjectManager)
	cookie, bearer := b.session(t, manager), b.token(t, manager, false)
	none := []string{}
	cases := map[string]struct {
		path, media string
		bytes       int
		who         []string
		status      int
	}{
		"SigningIn":                      {"/sign-in", formType, 200 * mib, none, http.StatusRequestEntityTooLarge},
		"SigningInJustAboveTheLimit":     {"/sign-in", formType, 64<<10 + 1, none, http.StatusRequestEntityTooLarge},
		"AStrangersFile":                 {"/sign-in", fileType, 200 * mib, none, http.StatusSeeOther},
		"AStrangersFileForACase":         {"/hazards/record", fileType, mib, none, http.StatusSeeOther},
		"AStrangersUpload":               {"/api/v1/uploads", fileType, mib, none, http.StatusUnauthorized},
		"AStrangersCommand":              {"/api/v1/projects", "application/json", 200 * mib, none, http.StatusRequestEntityTooLarge},
		"AnUnknownPlace":                 {"/nowhere", formType, 200 * mib, none, http.StatusRequestEntityTooLarge},
		"AForgedToken":                   {"/api/v1/projects", "application/json", 200 * mib, []string{"Authorization", "Bearer pkw_x"}, http.StatusRequestEntityTooLarge},
		"ASignedInForm":                  {"/account/password", formType, mib + 1, []string{"Cookie", cookie}, http.StatusRequestEntityTooLarge},
		"ASignedInCommand":               {"/api/v1/projects", "application/json", mib + 1, []string{"Authorization", bearer}, http.StatusRequestEntityTooLarge},
		"AFileWhereNoneIsTaken":          {"/filters", fileType, mib, []string{"Cookie", cookie}, http.StatusUnsupportedMediaType},
		"AFileWhereTheAPITakesNone":      {"/api/v1/projects", fileType, mib, []string{"Authorization", bearer}, http.StatusUnsupportedMediaType},
		"AnUploadAboveAFilesLimit":       {"/api/v1/uploads", fileType, 22 * mib, []string{"Authorization", bearer}, http.StatusRequestEntityTooLarge},
		"AFormsFilesAboveAllThatIsLetGo": {"/hazards/record", fileType, 4*241*mib + 1, []string{"Cookie", cookie}, http.StatusRequestEntityTooLarge},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header := append([]string{"Content-Type", c.media, "Content-Length", fmt.Sprint(c.bytes), "Idempotency-Key", "k"}, c.who...)
			l := b.dial(t, http.MethodPost, c.path, header...)
			response := l.answer(t)
			require.Equal(t, c.status, response.StatusCode)
			_, err := io.Copy(io.Discard, response.Body)
			require.NoError(t, err)
			if c.bytes > mib/4 { // the engine of net/http swallows a little, to keep the answer readable
				_, err = l.reader.ReadByte()
				require.ErrorIs(t, err, io.EOF, "nothing more is read from this connection")
			}
		})
	}
}

// TestABodyThatGrowsTooLargeIsRefusedWhileItComes: without its length announced, no more of it is read than the limit and the line's buffers.
func TestABodyThatGrowsTooLargeIsRefusedWhileItComes(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.ProjectManager))
	for name, header := range map[string][]string{
		"AStranger":       {"Content-Type", formType, "Transfer-Encoding", "chunked"},
		"SomebodyKnown":   {"Content-Type", formType, "Transfer-Encoding", "chunked", "Cookie", cookie},
		"AStrangersFiles": {"Content-Type", fileType, "Transfer-Encoding", "chunked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := b.dial(t, http.MethodPost, "/sign-in", header...)
			require.Less(t, l.pour(200*mib), 32*mib)
		})
	}
	t.Run("AndIsToldSo", func(t *testing.T) {
		t.Parallel()
		l := b.dial(t, http.MethodPost, "/sign-in", "Content-Type", formType, "Transfer-Encoding", "chunked")
		l.pour(96 << 10)
		require.Equal(t, http.StatusRequestEntityTooLarge, l.answer(t).StatusCode)
	})
}

// TestABodyThatDoesNotComeIsGivenUp: and the stream of changes, which was open all the while, goes on.
func TestABodyThatDoesNotComeIsGivenUp(t *testing.T) {
	t.Parallel()
	b := setup(t, func(s *server.Server) { s.Hurry(time.Second) })
	manager := b.As(process.ProjectManager)
	cookie, bearer := b.session(t, manager), b.token(t, manager, false)
	live := b.dial(t, http.MethodGet, "/live", "Cookie", cookie)
	stream := bufio.NewReader(live.answer(t).Body)
	first, err := stream.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "retry: 3000\n", first)

	slow := map[string]*line{
		"form":    b.dial(t, http.MethodPost, "/sign-in", "Content-Type", formType, "Content-Length", "1000"),
		"command": b.dial(t, http.MethodPost, "/api/v1/projects", "Content-Type", "application/json", "Content-Length", "1000", "Authorization", bearer, "Idempotency-Key", "k"),
		"file":    b.dial(t, http.MethodPost, "/hazards/record", "Content-Type", fileType, "Content-Length", "1000000", "Cookie", cookie),
	}
	for name, l := range slow {
		_, err := l.Write([]byte("{")) // it begins, and then nothing more comes
		require.NoError(t, err)
		require.Equal(t, http.StatusRequestTimeout, l.answer(t).StatusCode, name)
	}
	stranger := b.dial(t, http.MethodPost, "/forecast", "Content-Type", "text/plain", "Content-Length", "1000") // nobody reads this one
	_, err = io.Copy(io.Discard, stranger.answer(t).Body)
	require.NoError(t, err)
	_, err = stranger.reader.ReadByte()
	require.ErrorIs(t, err, io.EOF)

	b.server.Site.Hub.Changed("") // more than the limit has passed
	for {
		text, err := stream.ReadString('\n')
		require.NoError(t, err)
		if text == "event: changed\n" {
			return
		}
	}
}

// TestAFileMayComeSlowly: over a bad line a picture takes longer than a form may, as long as it keeps coming.
func TestAFileMayComeSlowly(t *testing.T) {
	t.Parallel()
	b := setup(t, func(s *server.Server) { s.Hurry(2 * time.Second) })
	var content bytes.Buffer
	form := multipart.NewWriter(&content)
	part, err := form.CreateFormFile("file", "现场.jpg")
	require.NoError(t, err)
	picture := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0}, bytes.Repeat([]byte{0}, 600<<10)...)
	_, err = part.Write(picture)
	require.NoError(t, err)
	require.NoError(t, form.Close())
	l := b.dial(t, http.MethodPost, "/api/v1/uploads", "Content-Type", form.FormDataContentType(), "Content-Length", fmt.Sprint(content.Len()),
		"Authorization", b.token(t, b.As(process.SafetySupervisor), false))
	begun, pace := time.Now(), time.NewTicker(400*time.Millisecond) // the line is slow
	defer pace.Stop()
	for content.Len() > 0 {
		<-pace.C
		_, err := l.Write(content.Next(80 << 10))
		require.NoError(t, err)
	}
	require.Greater(t, time.Since(begun), 2*time.Second)
	require.Equal(t, http.StatusOK, l.answer(t).StatusCode)
}

// TestABodyDoesNotOutliveItsSession: a body that is held back while the session, the token or the account ends writes nothing when it comes.
func TestABodyDoesNotOutliveItsSession(t *testing.T) {
	t.Parallel()
	b := setup(t, (*server.Server).Suspect)
	manager := b.As(process.ProjectManager)
	cookie, bearer := b.session(t, manager), b.token(t, manager, false)
	held := map[string]*line{
		"token":   b.dial(t, http.MethodPost, "/account/tokens", "Content-Type", formType, "Content-Length", "20", "Cookie", cookie),
		"command": b.dial(t, http.MethodPost, "/api/v1/projects", "Content-Type", "application/json", "Content-Length", "20", "Authorization", bearer, "Idempotency-Key", "k"),
	}
	for _, l := range held {
		_, err := l.Write([]byte("name=held&"))
		require.NoError(t, err)
	}
	now := time.Now()
	require.Eventually(t, func() bool { // both are known before their owner goes
		n, err := b.Store.Accounts().Tokens(t.Context(), manager.ID)
		return err == nil && len(n) == 1 && n[0].UsedAt != nil
	}, patient, 10*time.Millisecond)
	_, err := b.Store.Accounts().EndAccess(t.Context(), &now, manager.ID, nil)
	require.NoError(t, err)
	for name, l := range held {
		_, err := l.Write([]byte("days=366&x"))
		require.NoError(t, err)
		require.Contains(t, []int{http.StatusUnauthorized, http.StatusSeeOther}, l.answer(t).StatusCode, name)
	}
	tokens, err := b.Store.Accounts().Tokens(t.Context(), manager.ID)
	require.NoError(t, err)
	require.Len(t, tokens, 1, "none was made")
}
