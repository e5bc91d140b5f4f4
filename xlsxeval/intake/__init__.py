"""What comes back from the units: guard, one-pass reader, identity, values, comparison with the layout."""
