package postgres

// Former is where programs before this one put the data of a folder that PostgreSQL's user could not get at.
var Former = former //nolint:gochecknoglobals // for tests

// RememberNext leaves an owner's password as a change that is interrupted does.
func (c *Cluster) RememberNext(password string) error {
	return writeWhole(c.file(nextFile), password+"\n")
}

// LastWords are why the server does not come up.
func (c *Cluster) LastWords() string { return c.lastWords() }
