"""The rules of the trade: one file a rule, in a folder a family, found without registration."""
