package blobs_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
)

func TestVerifyNamesEveryFileThatIsNotWhatWasReceived(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	k, err := blobs.Open(t.Context(), "file://"+folder, 1024)
	require.NoError(t, err)
	defer k.Close()
	var files []process.Attachment
	for i := range 4 {
		r, err := k.Receive(t.Context(), "现场.jpg", bytes.NewReader(append(bytes.Clone(jpeg), byte(i))))
		require.NoError(t, err)
		files = append(files, process.Attachment{Number: i + 1, Revision: 1, Name: "现场.jpg", SHA256: fmt.Sprintf("%x", r.SHA256)})
	}
	found, err := k.Verify(t.Context(), files)
	require.NoError(t, err)
	require.Empty(t, found)

	at := func(i int) string { return filepath.Join(folder, files[i].SHA256[:2], files[i].SHA256) }
	require.NoError(t, os.WriteFile(at(1), []byte("another picture"), 0o600))
	require.NoError(t, os.Remove(at(2)))
	files = append(files, process.Attachment{Number: 5, Revision: 2, SHA256: "../../etc/passwd"}, process.Attachment{Number: 6, Revision: 1, SHA256: strings.ToUpper(files[0].SHA256)})
	found, err = k.Verify(t.Context(), files)
	require.NoError(t, err)
	sorts := map[string]process.FindingSort{}
	for _, f := range found {
		sorts[f.File] = f.Sort
	}
	require.Equal(t, map[string]process.FindingSort{"2.1": process.FileChanged, "3.1": process.FileMissing, "5.2": process.FileMissing, "6.1": process.FileMissing}, sorts)
}
