"""What several tests share: projects, runs, servers, and readers of what was written."""
