"""A campaign on disk: its folders, key files, ledger and archive, last year's record, bounds, and names of files."""
