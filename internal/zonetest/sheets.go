package zonetest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// Sheets are what the office of the journeys keeps in its sheets, by name: units, people, heads of the units, enterprises. The first row names the
// columns. The browser's journey reads the same rows.
func Sheets(t testing.TB) map[string][][]string {
	t.Helper()
	root, err := os.Getwd() // a test runs in its package's folder
	require.NoError(t, err)
	for !exists(filepath.Join(root, "go.mod")) {
		require.NotEqual(t, root, filepath.Dir(root), "not below the repository")
		root = filepath.Dir(root)
	}
	text, err := os.ReadFile(filepath.Join(root, "e2e", "zone", "zone.json")) //nolint:gosec // our own
	require.NoError(t, err)
	var sheets map[string][][]string
	require.NoError(t, json.Unmarshal(text, &sheets))
	return sheets
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Workbook is an Excel workbook of rows, as an office makes one.
func Workbook[cell any](t testing.TB, rows [][]cell) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { require.NoError(t, f.Close()) }()
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", at, &row))
	}
	text, err := f.WriteToBuffer()
	require.NoError(t, err)
	return text.Bytes()
}
