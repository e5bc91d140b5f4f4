"""What was typed into the inputs (V): one file a rule."""
