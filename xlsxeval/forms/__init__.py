"""Form definitions: YAML → Form (with line numbers in errors) → Layout (every cell placed)."""
