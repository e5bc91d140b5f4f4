"""One file, several readers: what xlsxeval calls clean, all of them must read alike, cell by cell."""
