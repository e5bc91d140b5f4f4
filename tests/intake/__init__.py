"""Tests of reading what comes back: bytes in, flat cells or one honest fault out."""
