"""The sheet in its output formats: one module is one format."""
