"""The portal's own pages. A view reads the request, calls ``xlsxeval.api``, and names a template."""
