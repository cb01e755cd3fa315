"""The plain frozen values that a run takes and returns: periods, figures, accounting."""
