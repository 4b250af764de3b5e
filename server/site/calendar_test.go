package site

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/parkway-zone/parkway/domain/clock"
)

func TestASheetOfHolidaysIsRead(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for at, text := range map[string]string{"A1": "日期", "B1": "休/班", "C1": "名称", "A2": "2027年1月1日", "B2": "休", "C2": "元旦", "A3": "2027-1-3", "B3": "班", "C3": "元旦"} {
		require.NoError(t, book.SetCellStr("Sheet1", at, text))
	}
	var content bytes.Buffer
	require.NoError(t, book.Write(&content))
	y, err := sheet(content.Bytes(), 2027, "国办发明电")
	require.NoError(t, err)
	require.Equal(t, clock.Holiday, y.Days[clock.NewDate(2027, 1, 1)].Kind)
	require.Equal(t, clock.MakeUpDay, y.Days[clock.NewDate(2027, 1, 3)].Kind)
	_, err = sheet([]byte("not a workbook"), 2027, "x")
	require.ErrorContains(t, err, "Excel")
	require.NoError(t, book.SetCellStr("Sheet1", "B2", "歇"))
	content.Reset()
	require.NoError(t, book.Write(&content))
	_, err = sheet(content.Bytes(), 2027, "x")
	require.ErrorContains(t, err, "休")
}
