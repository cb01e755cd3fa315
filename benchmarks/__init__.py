"""Measures kpicli beside the tools that a user would pick instead, on the same generated files."""
