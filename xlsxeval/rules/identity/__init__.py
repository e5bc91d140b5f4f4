"""Whose workbook it is (I): one file a rule."""
