"""The desk: decides what is said and who is responsible."""
