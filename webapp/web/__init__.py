"""The pages and the API: how the sheet is asked for and shown. Nothing is kept."""
