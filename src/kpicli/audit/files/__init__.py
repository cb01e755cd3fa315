"""Tables out of files: csv, tsv, xlsx, html pages and Markdown."""
