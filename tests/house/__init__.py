"""The structure of the package itself: who may import what, and what no module below a shell does."""
