"""The file itself (F): one file a rule."""
