"""Shown values against recomputed ones (C): one file a rule."""
