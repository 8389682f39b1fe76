package mime

func invite(data []byte) string { return "" }
