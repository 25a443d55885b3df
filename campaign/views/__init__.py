"""HTTP: each view takes the day once and hands it on; below, nobody asks the clock."""
