package notify

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// Safe encrypts the secrets of channels with AES-256-GCM under a key derived from the program's secret key.
type Safe struct{ aead cipher.AEAD }

// NewSafe returns a safe for the program's secret key.
func NewSafe(key []byte) (*Safe, error) {
	derived, err := hkdf.Key(sha256.New, key, nil, "parkway channel secrets v1", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key of the channels: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Safe{aead: aead}, err
}

// Seal encrypts a content; it opens for what it was sealed for and for nothing else.
func (s *Safe) Seal(what string, content []byte) []byte {
	return s.aead.Seal(nil, nil, content, []byte(what))
}

// Unseal decrypts what Seal returned. It fails with ErrWrongKey under another secret key of the program, or for something else.
func (s *Safe) Unseal(what string, sealed []byte) ([]byte, error) {
	content, err := s.aead.Open(nil, nil, sealed, []byte(what))
	if err != nil {
		return nil, ErrWrongKey
	}
	return content, nil
}

// Lock encrypts secrets for the channel with the id; what was locked for one channel cannot be opened for another.
func (s *Safe) Lock(channelID string, secrets Secrets) ([]byte, error) {
	text, err := json.Marshal(secrets)
	if err != nil {
		return nil, err
	}
	return s.Seal(channelID, text), nil
}

// ErrWrongKey means that the secrets were locked under another secret key of the program.
var ErrWrongKey = errors.New("渠道密钥打不开：程序的密钥（PARKWAY_SECRET_KEY）和保存时不同，请重新填写渠道的地址和密钥")

// Open decrypts what Lock returned.
func (s *Safe) Open(channelID string, locked []byte) (Secrets, error) {
	var secrets Secrets
	text, err := s.Unseal(channelID, locked)
	if err != nil {
		return secrets, err
	}
	return secrets, json.Unmarshal(text, &secrets)
}

// Masked is what a page may show of the secrets: whom they reach, and that they are there.
func (s Secrets) Masked() string {
	if s.URL == "" {
		return ""
	}
	address, err := url.Parse(s.URL)
	if err != nil {
		return "••••"
	}
	return address.Host + "/••••" + last(s.URL, 4)
}

func last(text string, n int) string {
	if len(text) < 4*n {
		return ""
	}
	return text[len(text)-n:]
}
