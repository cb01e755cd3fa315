"""Who reads: this process, its siblings, or the workers of a cluster."""
