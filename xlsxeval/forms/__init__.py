"""Form definitions: YAML → Form, with line numbers in errors; and the campaign's data that definitions and layouts need."""
