"""What arrives: arrivals, versions, decisions, choices, records, what was set aside, and lower levels."""
