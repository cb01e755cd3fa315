"""Engines share the reading out: to this thread, threads, processes, or workers of a cluster."""
