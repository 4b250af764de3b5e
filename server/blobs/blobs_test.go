package blobs_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
)

var jpeg = append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0}, bytes.Repeat([]byte{0}, 64)...) //nolint:gochecknoglobals // a picture

func keeper(t *testing.T) *blobs.Keeper {
	t.Helper()
	k, err := blobs.Open(t.Context(), "file://"+t.TempDir()+"/files", 1024)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, k.Close()) })
	return k
}

func TestReceive(t *testing.T) {
	t.Parallel()
	k := keeper(t)
	r, err := k.Receive(t.Context(), `C:\照片\现场.JPG`, bytes.NewReader(jpeg))
	require.NoError(t, err)
	require.Equal(t, "现场.JPG", r.Name, "no folders of the sender's")
	require.Equal(t, "image/jpeg", r.MediaType)
	content, err := k.Bytes(t.Context(), fmt.Sprintf("%x", r.SHA256))
	require.NoError(t, err)
	defer content.Close()
	back, err := io.ReadAll(content)
	require.NoError(t, err)
	require.Equal(t, jpeg, back)
	_, err = k.Receive(t.Context(), "again.jpg", bytes.NewReader(jpeg))
	require.NoError(t, err, "the same bytes are kept once")
}

// TestAPlaceThatTakesNothing is told from a fault of the program, as a disk that is full is.
func TestAPlaceThatTakesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k, err := blobs.Open(t.Context(), "file://"+dir, 1024)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, k.Close()) })
	sum := fmt.Sprintf("%x", sha256.Sum256(jpeg))
	require.NoError(t, os.WriteFile(filepath.Join(dir, sum[:2]), nil, 0o600), "where its folder would be")
	_, err = k.Receive(t.Context(), "现场.jpg", bytes.NewReader(jpeg))
	require.ErrorIs(t, err, blobs.ErrUnavailable)
}

func TestReceiveRefuses(t *testing.T) {
	t.Parallel()
	k := keeper(t)
	for name, content := range map[string][]byte{"照片.jpg": []byte("\x7fELF\x02\x01\x01 a program"), "page.pdf": []byte("<html><script>"), "photo.exe": jpeg,
		"empty.jpg": {}, "large.jpg": append(bytes.Clone(jpeg), bytes.Repeat([]byte{1}, 2000)...), "picture.svg": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")} {
		_, err := k.Receive(t.Context(), name, bytes.NewReader(content))
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal, name)
	}
}
