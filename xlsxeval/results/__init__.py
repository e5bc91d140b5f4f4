"""What a campaign makes: distribution, annotated returns, reports, summary, board, export, and the run over all of it."""
