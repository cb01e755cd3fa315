"""Reading single values: folded text, dates, ids, codes."""
