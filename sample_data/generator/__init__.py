"""Makes the synthetic exports of the sample project, the same bytes on each run."""
