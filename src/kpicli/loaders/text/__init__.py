"""Text files: encoding, layout, spans, and the fast and the exact reader."""
