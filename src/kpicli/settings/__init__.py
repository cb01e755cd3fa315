"""kpicli.toml: what it says, where it lies, and what is asked of a run."""
