"""The rows of all files of a source: joined, de-duplicated, handed on with their faults."""
