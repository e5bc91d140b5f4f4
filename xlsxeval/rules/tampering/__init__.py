"""Changes to what was locked (T): one file a rule."""
