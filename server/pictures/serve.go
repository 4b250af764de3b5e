package pictures

import (
	"context"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"gocloud.dev/gcerrors"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Open opens the preview of the picture with the SHA-256. It refuses with NotFound where there is none (yet).
func Open(ctx context.Context, db *store.Store, files *blobs.Keeper, sha string, size Size) (io.ReadSeekCloser, error) {
	if size != Small && size != Large {
		return nil, process.Refuse(process.NotFound, "没有这种大小的预览，只有 small 和 large。", "There is no preview of that size; there are small and large.")
	}
	state, err := db.PreviewState(ctx, sha)
	switch {
	case err != nil:
		return nil, err
	case state == store.PreviewWaiting:
		return nil, waiting()
	case state != store.PreviewMade:
		return nil, process.Refuse(process.NotFound, "这个文件没有预览。", "There is no preview of this file.")
	}
	content, err := files.Preview(ctx, sha, string(size))
	if gcerrors.Code(err) == gcerrors.NotFound { // a backup holds what was received, and not what can be made of it
		if err := db.RemakePreview(ctx, sha, time.Now()); err != nil {
			return nil, err
		}
		return nil, waiting()
	}
	return content, err
}

func waiting() error {
	return process.Refuse(process.NotFound, "预览正在生成，请稍后再看。", "The preview is being made; look again in a moment.")
}

// Serve answers a request for a preview. Its ETag is the SHA-256 of the picture as it was received, and the size.
func Serve(w http.ResponseWriter, r *http.Request, f store.Attachment, size Size, content io.ReadSeeker) {
	h := w.Header()
	h.Set("ETag", `"`+f.Sha256+"-"+string(size)+`"`)
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Disposition", blobs.Disposition("inline", strings.TrimSuffix(f.Name, path.Ext(f.Name))+".jpg"))
	http.ServeContent(w, r, "", time.Time{}, content)
}
