"""The pages, one module a step of the work. A view reads the request, calls ``xlsxeval.api``, and names a template."""
