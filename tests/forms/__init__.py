"""Tests of forms: the YAML language and what it becomes."""
