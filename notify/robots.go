package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// wecom sends markdown to a 企业微信 group. The robot has no signature: its address is the secret. At most 4096 bytes.
// https://developer.work.weixin.qq.com/document/path/99110
func (p *Post) wecom(ctx context.Context, c Channel, m Message) error {
	body := map[string]any{"msgtype": "markdown", "markdown": map[string]any{"content": m.markdown(4096)}}
	var answer struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := p.json(ctx, c.Secrets.URL, body, &answer); err != nil {
		return err
	}
	switch answer.Code {
	case 0:
		return nil
	case 45009: // api freq out of limit
		return &Failure{Reason: vendor("企业微信", answer.Code, "发送太快，已被限流"), After: time.Minute}
	}
	return &Failure{Reason: vendor("企业微信", answer.Code, answer.Message), Permanent: answer.Code == 93000 || answer.Code == 40058}
}

// dingtalk sends markdown to a 钉钉 group and mentions the person. The signature goes into the address:
// base64(HMAC-SHA256(key = secret, message = milliseconds + "\n" + secret)).
// https://open.dingtalk.com/document/robots/customize-robot-security-settings
func (p *Post) dingtalk(ctx context.Context, c Channel, m Message) error {
	address, err := url.Parse(c.Secrets.URL)
	if err != nil {
		return &Failure{Reason: "钉钉机器人的地址看不懂", Permanent: true}
	}
	if c.Secrets.Sign != "" {
		stamp := strconv.FormatInt(p.Now().UnixMilli(), 10)
		query := address.Query()
		query.Set("timestamp", stamp)
		query.Set("sign", sum(c.Secrets.Sign, stamp+"\n"+c.Secrets.Sign))
		address.RawQuery = query.Encode()
	}
	text, at := m.markdown(18000), []string{}
	if m.To.Mobile != "" {
		text, at = text+"\n\n@"+m.To.Mobile, append(at, m.To.Mobile)
	}
	body := map[string]any{"msgtype": "markdown", "markdown": map[string]any{"title": m.addressed(), "text": text}, "at": map[string]any{"atMobiles": at, "isAtAll": false}}
	var answer struct {
		Code    int    `json:"errcode"`
		Message string `json:"errmsg"`
	}
	if err := p.json(ctx, address.String(), body, &answer); err != nil {
		return err
	}
	switch answer.Code {
	case 0:
		return nil
	case 130101: // more than 20 in a minute: blocked for ten
		return &Failure{Reason: vendor("钉钉", answer.Code, "发送太快，机器人被停用 10 分钟"), After: 10 * time.Minute}
	case 310000:
		return &Failure{Reason: vendor("钉钉", answer.Code, "签名、关键词或来源地址不符："+answer.Message), Permanent: true}
	}
	return &Failure{Reason: vendor("钉钉", answer.Code, answer.Message)}
}

// feishu sends a card to a 飞书 group. The signature goes into the body, with key and message swapped as against 钉钉:
// base64(HMAC-SHA256(key = seconds + "\n" + secret, message = "")). At most 20 KB.
// https://open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md
func (p *Post) feishu(ctx context.Context, c Channel, m Message) error {
	body := map[string]any{"msg_type": "interactive", "card": map[string]any{
		"header":   map[string]any{"title": map[string]any{"tag": "plain_text", "content": m.addressed()}},
		"elements": []any{map[string]any{"tag": "markdown", "content": m.markdown(18000)}}}}
	if c.Secrets.Sign != "" {
		stamp := strconv.FormatInt(p.Now().Unix(), 10)
		body["timestamp"], body["sign"] = stamp, sum(stamp+"\n"+c.Secrets.Sign, "")
	}
	var answer struct {
		Code    int    `json:"code"`
		Message string `json:"msg"`
	}
	answer.Code = -1
	if err := p.json(ctx, c.Secrets.URL, body, &answer); err != nil {
		return err
	}
	switch answer.Code {
	case 0:
		return nil
	case 11232:
		return &Failure{Reason: vendor("飞书", answer.Code, "发送太快，已被限流"), After: time.Minute}
	case 19021, 19022, 19024, 9499:
		return &Failure{Reason: vendor("飞书", answer.Code, "签名、关键词、来源地址或内容不符："+answer.Message), Permanent: true}
	}
	return &Failure{Reason: vendor("飞书", answer.Code, answer.Message)}
}

// webhook sends the message as JSON, signed after Standard Webhooks 1.0; the id stays the same however often it is tried.
// https://www.standardwebhooks.com
func (p *Post) webhook(ctx context.Context, c Channel, m Message) error {
	body, err := json.Marshal(map[string]any{"type": "message", "timestamp": m.At.UTC().Format(time.RFC3339), "data": m})
	if err != nil {
		return fmt.Errorf("write message %d: %w", m.ID, err)
	}
	signer, err := webhooks.NewWebhook(c.Secrets.Sign)
	if err != nil {
		return &Failure{Reason: "签名密钥应是 whsec_ 开头的 Base64", Permanent: true}
	}
	id, now := fmt.Sprintf("msg_%d", m.ID), p.Now()
	signature, err := signer.Sign(id, now, body)
	if err != nil {
		return fmt.Errorf("sign message %d: %w", m.ID, err)
	}
	header := http.Header{webhooks.HeaderWebhookID: {id}, webhooks.HeaderWebhookSignature: {signature}, webhooks.HeaderWebhookTimestamp: {strconv.FormatInt(now.Unix(), 10)}}
	_, err = p.post(ctx, c.Secrets.URL, body, header)
	return err
}

// json posts a body and reads the answer. HTTP 200 says nothing yet: the vendors put their error codes into the body.
func (p *Post) json(ctx context.Context, address string, body, answer any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	content, err := p.post(ctx, address, text, http.Header{})
	if err != nil {
		return err
	}
	if json.Unmarshal(content, answer) != nil {
		return &Failure{Reason: "对方的回答不是约定的格式"}
	}
	return nil
}

func (p *Post) post(ctx context.Context, address string, body []byte, header http.Header) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, &Failure{Reason: "地址看不懂", Permanent: true}
	}
	request.Header = header
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "Parkway")
	answer, err := p.http.Do(request)
	if err != nil {
		return nil, &Failure{Reason: "连不上：" + unmasked(err)}
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return nil, &Failure{Reason: "对方的回答没有传完整"}
	}
	switch {
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return content, nil
	case answer.StatusCode == http.StatusTooManyRequests, answer.StatusCode == http.StatusServiceUnavailable:
		return nil, &Failure{Reason: fmt.Sprintf("对方回答 %d，请求太多或暂停服务", answer.StatusCode), After: retryAfter(answer.Header)}
	case answer.StatusCode == http.StatusGone, answer.StatusCode == http.StatusNotFound:
		return nil, &Failure{Reason: fmt.Sprintf("对方回答 %d，地址已失效", answer.StatusCode), Permanent: true}
	}
	return nil, &Failure{Reason: fmt.Sprintf("对方回答 %d", answer.StatusCode)}
}

func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, time.Hour)
}

// unmasked is what went wrong without the address, which is a secret.
func unmasked(err error) string {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

func vendor(name string, code int, words string) string {
	return strings.TrimSpace(fmt.Sprintf("%s（%d）%s", name, code, words))
}

func sum(key, message string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(message))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
