"""Outputs of a campaign: distribution, annotated returns, reports, summary, board, export, and the run over all of it."""
