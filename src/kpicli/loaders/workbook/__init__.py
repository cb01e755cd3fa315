"""Workbooks: their parts, sheets, cells and header rows."""
