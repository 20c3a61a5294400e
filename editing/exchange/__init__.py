"""Guides in the forms others keep: lists of items (XLSX, CSV), JSON-LD, CPSV-AP, printed notices."""
