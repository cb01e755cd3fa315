"""The rows of all files of a source: joined, de-duplicated, told."""
