"""A Summary laid out for people: blocks, lines, columns, phrases."""
