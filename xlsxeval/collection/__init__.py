"""Collection: arrivals, versions, decisions, choices, records, files set aside, and lower levels."""
