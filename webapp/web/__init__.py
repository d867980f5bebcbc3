"""The web pages and the API. They store nothing."""
