"""The bounds of the reading; they stand with those that a person may set in :mod:`xlsxeval.limits`."""

from xlsxeval.limits import Limits

__all__ = ["Limits"]
