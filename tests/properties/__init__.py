"""What must hold of every form, not only of those that there are: forms made at random, written, filled in, read back."""
