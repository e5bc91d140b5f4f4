"""Judging: the files of one unit → verdicts; earlier verdicts, and everything that each verdict depends on."""
