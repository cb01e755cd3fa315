"""The version, written here alone: the package's metadata take it from this line."""

VERSION = "0.2.0"
