"""What a new version of the rules means."""
