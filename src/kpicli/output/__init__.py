"""How answers are written: one kit of formats, tables and phrases."""
