package app

// giveToOwner does nothing here: what is made in a folder takes over its rights.
func giveToOwner(string) error { return nil }
