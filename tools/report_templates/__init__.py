"""How the report templates were begun: one page and one set of styles (GB/T 9704-2012), a module an outline."""
