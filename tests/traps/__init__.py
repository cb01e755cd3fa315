"""Small byte-exact files, one a trap, with what has to come of each in `expected.toml`."""
