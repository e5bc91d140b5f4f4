"""Reports laid out as units publish them, made from the samples: forms with their texts, in several layouts and files."""
