"""Freezing what was published, and what moved since."""
