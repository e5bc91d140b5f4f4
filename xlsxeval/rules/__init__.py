"""The rules: one file for each, in a folder for each family, found by the file's name; shared modules beside them."""
