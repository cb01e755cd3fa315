"""Cells: raw tables, headers, and typed columns of distinct values."""
