"""Published reports: read from every kind of file, recognised, gated, judged."""
