package blobs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"gocloud.dev/blob"
)

// Sum reckons the SHA-256 of what is kept under one, in hex. It fails with gcerrors.NotFound when nothing is.
func (k *Keeper) Sum(ctx context.Context, sha string) (string, error) { return k.sum(ctx, sha) }

// Put keeps bytes whose SHA-256, in hex, is known. When they turn out to have another one, nothing is kept under it.
func (k *Keeper) Put(ctx context.Context, sha, media string, content io.Reader) error {
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	to, err := k.bucket.NewWriter(ctx, keyOf(sha), &blob.WriterOptions{ContentType: media})
	if err != nil {
		return fmt.Errorf("keep the file %s: %w", sha, err)
	}
	digest := sha256.New()
	_, err = io.Copy(io.MultiWriter(to, digest), content)
	if found := hex.EncodeToString(digest.Sum(nil)); err == nil && found != sha {
		err = fmt.Errorf("its bytes have the SHA-256 %s", found)
	}
	if err != nil {
		giveUp() // then closing keeps nothing
		_ = to.Close()
		return fmt.Errorf("keep the file %s: %w", sha, err)
	}
	if err := to.Close(); err != nil {
		return fmt.Errorf("keep the file %s: %w", sha, err)
	}
	return nil
}

// probe is where it is tried whether files can be kept.
const probe = "parkway-can-write"

// Writable fails unless a file can be kept now.
func (k *Keeper) Writable(ctx context.Context) error {
	if err := k.bucket.WriteAll(ctx, probe, []byte("the program tries here whether it can keep files\n"), nil); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return nil
}
