"""Which files an export is made of, and their bytes."""
