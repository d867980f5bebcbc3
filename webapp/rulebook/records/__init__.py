"""The records of the rule files: one class is one record."""
