"""Formulas computed as Excel computes them: tokens → parser → compiled layout → values."""
