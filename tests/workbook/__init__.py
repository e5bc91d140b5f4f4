"""Tests of workbook: the bytes that are sent out and what filling changes in them."""
