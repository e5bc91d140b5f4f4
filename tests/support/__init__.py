"""What tests share: a small made campaign filled in without a fault, and recipes for spoiling it."""
