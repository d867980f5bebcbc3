"""Content that is the same for everybody, ready to show."""
