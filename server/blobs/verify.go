package blobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"gocloud.dev/gcerrors"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// VerifyCase verifies a case by its events, its row and parts, and the bytes of its files. The other party reads where something is wrong, and not
// the facts themselves.
func (k *Keeper) VerifyCase(ctx context.Context, db *store.Store, actor process.Actor, id string) (store.Verification, error) {
	v, err := db.Verify(ctx, actor, id)
	if err != nil {
		return v, err
	}
	files, err := k.Verify(ctx, v.Files)
	v.Findings = append(v.Findings, files...)
	if actor.Has(process.Enterprise) {
		for i := range v.Findings {
			v.Findings[i] = v.Findings[i].Outside()
		}
	}
	return v, err
}

// Verify reads the bytes of every file and reckons their SHA-256 again. It names every file that is gone or not what was received.
func (k *Keeper) Verify(ctx context.Context, files []process.Attachment) ([]process.Finding, error) {
	var findings []process.Finding
	sums := map[string]string{} // one file may be on record several times
	for _, a := range files {
		sum, read := sums[a.SHA256]
		if !read {
			var err error
			switch sum, err = k.sum(ctx, a.SHA256); {
			case gcerrors.Code(err) == gcerrors.NotFound:
				sum = ""
			case ctx.Err() != nil:
				return findings, fmt.Errorf("check the files: %w", ctx.Err())
			case err != nil:
				findings = append(findings, process.UnreadableFile(a))
				continue
			}
			sums[a.SHA256] = sum
		}
		switch sum {
		case a.SHA256:
		case "":
			findings = append(findings, process.MissingFile(a))
		default:
			findings = append(findings, process.ChangedFile(a, sum))
		}
	}
	return findings, nil
}

func (k *Keeper) sum(ctx context.Context, sha string) (string, error) {
	if digest, err := hex.DecodeString(sha); err != nil || len(digest) != sha256.Size {
		return "", nil // no file bears such a name
	}
	reader, err := k.bucket.NewReader(ctx, keyOf(sha), nil)
	if err != nil {
		return "", err
	}
	defer reader.Close() //nolint:errcheck // it only reads
	digest := sha256.New()
	if _, err := io.Copy(digest, reader); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}
