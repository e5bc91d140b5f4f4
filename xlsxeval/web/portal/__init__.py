"""The portal (``xlsxeval serve``): one server for organisers, auditors, and the units behind their links."""
