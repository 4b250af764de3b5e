// Package blobs receives files and keeps their bytes under their SHA-256 in a blob store opened by URL: a folder by default, S3 in production.
package blobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://
	_ "gocloud.dev/blob/s3blob"   // s3://

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store"
)

// AtOnce is how many files of the largest size one form may bring; of smaller ones it may bring more.
const AtOnce = 12

// Keeper keeps bytes.
type Keeper struct {
	bucket *blob.Bucket
	Limit  int64 // bytes a file may have
}

// Open opens the store, e.g. file:///var/lib/parkway/files or s3://bucket?region=…; a missing folder is made.
func Open(ctx context.Context, address string, limit int64) (*Keeper, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read PARKWAY_BLOB_URL: %w", err)
	}
	if u.Scheme == "file" {
		if err := os.MkdirAll(filepath.FromSlash(u.Path), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of files: %w", err)
		}
		query := u.Query()
		query.Set("metadata", "skip")
		query.Set("no_tmp_dir", "true")
		u.RawQuery = query.Encode()
	}
	bucket, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, fmt.Errorf("open the files at %s://%s: %w", u.Scheme, u.Host, err)
	}
	return &Keeper{bucket: bucket, Limit: limit}, nil
}

// Close releases the store.
func (k *Keeper) Close() error { return k.bucket.Close() }

// kinds are the media types Parkway accepts, with the endings their files may have.
func kinds() map[string][]string {
	return map[string][]string{
		"image/jpeg": {".jpg", ".jpeg", ".jfif", ".jpe"}, "image/png": {".png"}, "image/webp": {".webp"}, "image/heic": {".heic"}, "image/heif": {".heif", ".heic"},
		"application/pdf": {".pdf"},
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {".xlsx"},
		"video/mp4": {".mp4"},
	}
}

// Endings are the endings that accepted files may have, in order.
func Endings() []string {
	all := []string{}
	for _, endings := range kinds() {
		all = append(all, endings...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Receive reads a file, checks that its content is what its name says, and keeps it. It refuses files over the limit and kinds that are not
// accepted, whatever their name.
func (k *Keeper) Receive(ctx context.Context, name string, content io.Reader) (store.Received, error) {
	var none store.Received
	data, err := io.ReadAll(io.LimitReader(content, k.Limit+1))
	if err != nil {
		return none, fmt.Errorf("read the file: %w", err)
	}
	name, err = value.Line(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\x00", ""))
	if err != nil {
		return none, process.NoText("file")
	}
	name = filepath.Base(strings.ReplaceAll(name, "\\", "/"))
	switch {
	case int64(len(data)) > k.Limit:
		return none, process.RefuseField("file", fmt.Sprintf("文件超过 %d MB，请压缩后再传。", k.Limit>>20), fmt.Sprintf("The file is larger than %d MB.", k.Limit>>20))
	case len(data) == 0:
		return none, process.RefuseField("file", "文件是空的。", "The file is empty.")
	}
	media := mimetype.Detect(data).String()
	endings, known := kinds()[media]
	if !known || !slices.Contains(endings, strings.ToLower(filepath.Ext(name))) {
		return none, process.RefuseField("file", "不能接收这种文件。可以上传照片（JPG、PNG、WebP、HEIC）、PDF、Word、Excel 和 MP4，内容要和扩展名一致。",
			"This kind of file is not accepted. Pictures (JPG, PNG, WebP, HEIC), PDF, Word, Excel and MP4 are, when the content is what the name says.")
	}
	sum := sha256.Sum256(data)
	if err := k.keep(ctx, sum, media, data); err != nil {
		return none, err
	}
	if runes := []rune(name); len(runes) > 150 {
		name = string(runes[len(runes)-150:])
	}
	return store.Received{Name: name, MediaType: media, Size: int64(len(data)), SHA256: sum[:]}, nil
}

// ErrUnavailable means that the place for files takes nothing at the moment: its disk is full, or it is not reached. The same file may be sent again.
var ErrUnavailable = errors.New("the place for files takes nothing at the moment")

func (k *Keeper) keep(ctx context.Context, sum [sha256.Size]byte, media string, data []byte) error {
	key := keyOf(hex.EncodeToString(sum[:]))
	there, err := k.bucket.Exists(ctx, key)
	if err != nil {
		return fmt.Errorf("look for the file: %w", errors.Join(ErrUnavailable, err))
	}
	if there {
		return nil
	}
	if err := k.bucket.Upload(ctx, key, bytes.NewReader(data), &blob.WriterOptions{ContentType: media}); err != nil {
		return fmt.Errorf("keep the file: %w", errors.Join(ErrUnavailable, err))
	}
	return nil
}

// Bytes opens the bytes with the SHA-256, given in hex.
func (k *Keeper) Bytes(ctx context.Context, sha string) (io.ReadSeekCloser, error) {
	reader, err := k.bucket.NewReader(ctx, keyOf(sha), nil)
	if err != nil {
		return nil, fmt.Errorf("open the file %s: %w", sha, err)
	}
	return reader, nil
}

// KeepPreview keeps a preview of the picture with the SHA-256, beside and apart from what was received.
func (k *Keeper) KeepPreview(ctx context.Context, sha, size string, data []byte) error {
	if err := k.bucket.Upload(ctx, previewOf(sha, size), bytes.NewReader(data), &blob.WriterOptions{ContentType: "image/jpeg"}); err != nil {
		return fmt.Errorf("keep the preview: %w", err)
	}
	return nil
}

// Preview opens a preview, a JPEG, of the picture with the SHA-256.
func (k *Keeper) Preview(ctx context.Context, sha, size string) (io.ReadSeekCloser, error) {
	reader, err := k.bucket.NewReader(ctx, previewOf(sha, size), nil)
	if err != nil {
		return nil, fmt.Errorf("open the preview of %s: %w", sha, err)
	}
	return reader, nil
}

func previewOf(sha, size string) string { return "previews/" + keyOf(sha) + "." + size + ".jpg" }

func keyOf(sha string) string { return sha[:2] + "/" + sha }
