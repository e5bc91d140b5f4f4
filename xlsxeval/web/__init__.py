"""The shell for a browser: the desk (``xlsxeval desk``), a few pages over ``xlsxeval.api``, served on this machine only."""
