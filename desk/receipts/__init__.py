"""Receipts (回执): questions taken down, from the first word to the rating."""
