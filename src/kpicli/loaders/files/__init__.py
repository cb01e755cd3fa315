"""The files of an export, and their bytes."""
