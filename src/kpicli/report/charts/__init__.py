"""The charts of a report: their data, and how they are drawn."""
