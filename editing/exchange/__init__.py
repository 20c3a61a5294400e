"""Guides as others keep them: lists of items (XLSX, CSV), JSON-LD, CPSV-AP, printed notices."""
