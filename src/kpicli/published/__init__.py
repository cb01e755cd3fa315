"""What was published: figures frozen with their rows, values entered by hand, and what moved."""
