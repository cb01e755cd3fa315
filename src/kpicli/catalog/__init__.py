"""What is counted: sources, code tables and KPIs, as data."""
