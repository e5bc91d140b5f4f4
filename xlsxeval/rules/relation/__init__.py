"""Relations between forms that an Excel formula cannot say (X): one file a rule."""
