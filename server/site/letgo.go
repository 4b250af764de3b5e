package site

import (
	"context"
	"fmt"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
)

// letGo is under what a context names the field of a form whose files were let go, because together they were more than is taken.
type letGo struct{}

// LetGo returns a context that says so: the form is refused, with its texts still in it.
func LetGo(ctx context.Context, field string) context.Context {
	return context.WithValue(ctx, letGo{}, field)
}

// light refuses a form whose files were let go.
func (s *Site) light(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		field, heavy := c.Request().Context().Value(letGo{}).(string)
		if !heavy {
			return next(c)
		}
		most := s.Blobs.Limit * blobs.AtOnce >> 20
		return s.refuse(c, process.RefuseField(field, fmt.Sprintf("选择的文件一共太大，没有收下；一次一共不能超过 %d MB。填写的文字都还在，请重新选择文件。", most),
			fmt.Sprintf("The files together are too large and were not taken; at most %d MB at once. What was typed is still here: choose the files again.", most)))
	}
}
