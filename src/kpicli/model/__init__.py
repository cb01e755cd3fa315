"""What a run is about and what it finds, as plain frozen values: periods, figures, accounting."""
