"""The doors by which citizens come in: each parses, hands over to the desk, and renders."""
