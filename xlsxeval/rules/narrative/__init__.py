"""N: what the prose says, held against the fields and against itself."""
