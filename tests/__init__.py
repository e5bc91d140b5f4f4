"""Tests of xlsxeval."""
