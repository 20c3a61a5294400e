"""The typed facts of a hall, and the reader that takes them from the guides."""
