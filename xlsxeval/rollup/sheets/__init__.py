"""The worksheets of the summary, one a module: each lays its frame and fills its lines."""
