package rectification

// Rate is the rectification rate 整改率 of a cohort in per cent: of those that were found in a time, how many are rectified by now. Where none was found there is no rate.
func Rate(rectified, found int) (percent float64, known bool) {
	if found == 0 {
		return 0, false
	}
	return float64(rectified) / float64(found) * 100, true
}
