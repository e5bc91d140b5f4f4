"""The structure of the package: what a module may import, and what its names are."""
